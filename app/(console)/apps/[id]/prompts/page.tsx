import { notFound } from "next/navigation";
import { NoPermission } from "@/components/identity/no-permission";
import { PromptList } from "@/components/prompts/prompt-list";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { getApp } from "@/lib/apps/server/get-app";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { listPrompts } from "@/lib/prompts/server/list-prompts";
import { titledOfApp } from "../titled-of-app";

export const generateMetadata = titledOfApp("Prompts");

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ archived?: string | string[] }>;
};

export default async function PromptsPage({ params, searchParams }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  const { id } = await params;
  const archived = (await searchParams).archived === "true";
  const app = await getApp(ctx, { app: id }).catch(orNotFound);
  if (!roleMay(role, "prompts.read"))
    return <NoPermission what="prompts" roles={matrix["prompts.read"].roles} />;
  const { data: prompts } = await listPrompts(ctx, { app: app.id, archived });
  const mayWrite = roleMay(role, "prompts.write") && app.archived_at === null;
  const maker = mayWrite ? (
    <ButtonLink variant="primary" href={`/apps/${app.id}/prompts/new`}>
      New prompt
    </ButtonLink>
  ) : null;
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: `/apps/${app.id}`, label: app.name }}
        title="Prompts"
        description="What a model is asked when this app sends an input, as versions: drafted, run in shadow, activated, rolled back."
        actions={
          <>
            <ButtonLink href={`/apps/${app.id}/prompts${archived ? "" : "?archived=true"}`}>
              {archived ? "Hide archived" : "Show archived"}
            </ButtonLink>
            <ButtonLink href={`/apps/${app.id}/runs`}>Runs</ButtonLink>
            {roleMay(role, "runs.try") && prompts.length > 0 ? (
              <ButtonLink href={`/apps/${app.id}/playground`}>Playground</ButtonLink>
            ) : null}
            {prompts.length > 0 ? maker : null}
          </>
        }
      />
      {prompts.length === 0 ? (
        <Card>
          <EmptyState title="No prompt yet" action={maker ?? undefined}>
            With one, the app may send an input, and Countersign asks the model, submits the decision and
            routes it.
          </EmptyState>
        </Card>
      ) : (
        <PromptList prompts={prompts} />
      )}
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
