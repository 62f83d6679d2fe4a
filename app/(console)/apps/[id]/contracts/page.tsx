import { notFound } from "next/navigation";
import { ContractCard } from "@/components/autonomy/contracts-card";
import { NewContractDialog } from "@/components/autonomy/contracts-new-dialog";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { listDecisionTypes } from "@/lib/apps/server/list-decision-types";
import { listContractsOf } from "@/lib/autonomy/server/list-contracts";
import { roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { createContractAction } from "./actions";
import { titledOfApp } from "../titled-of-app";

export const generateMetadata = titledOfApp("Autonomy contracts");

type Props = { params: Promise<{ id: string }> };

export default async function ContractsPage({ params }: Props) {
  const ctx = await userContext();
  const { id } = await params;
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  const contracts = await listContractsOf(ctx, { app: app.id });
  const mayWrite = roleMay(ctx.actor.role, "contracts.write") && app.archived_at === null;
  const maker = mayWrite ? (
    <NewContractDialog app={{ id: app.id }} types={await typesOf(ctx)} create={createContractAction} />
  ) : null;
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: `/apps/${app.id}`, label: app.name }}
        title="Autonomy contracts"
        description="What this app may do alone, kind by kind: a promise, the evidence that it is kept, and who signed."
        actions={
          contracts.length > 0 ? (
            <>
              <ButtonLink href={`/apps/${app.id}/thresholds`}>Thresholds</ButtonLink>
              {maker}
            </>
          ) : null
        }
      />
      {contracts.length === 0 ? (
        <Card>
          <EmptyState title="No contract yet" action={maker ?? undefined}>
            A contract says how often automatic decisions may be wrong, such as 2 %, and how sure that has to
            be. People rule until their rulings prove a confidence from which it holds; then two admins sign,
            audits go on, and it steps back by itself when the world changes.
          </EmptyState>
        </Card>
      ) : (
        <ul className="grid gap-4 xl:grid-cols-2">
          {contracts.map((contract) => (
            <li key={contract.id}>
              <ContractCard contract={contract} href={`/apps/${app.id}/contracts/${contract.id}`} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

async function typesOf(ctx: UserContext) {
  const { data } = await listDecisionTypes(ctx, { limit: 100, archived: false });
  return data.map(({ id, name, currency, amount_pointer }) => ({
    id,
    name,
    currency,
    hasAmount: amount_pointer !== null,
  }));
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
