import type { Metadata } from "next";
import { BudgetsTable } from "@/components/apps/budgets-table";
import { NewBudgetDialog } from "@/components/apps/new-budget-dialog";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { listApps } from "@/lib/apps/server/list-apps";
import { listBudgets } from "@/lib/apps/server/list-budgets";
import { listConnectors } from "@/lib/apps/server/list-connectors";
import { listDecisionTypes } from "@/lib/apps/server/list-decision-types";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { createBudgetAction, signBudgetAction, updateBudgetAction } from "./actions";

export const metadata: Metadata = { title: "Budgets" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function BudgetsPage({ searchParams }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  if (!roleMay(role, "settings.open")) {
    return <NoPermission what="budgets" roles={matrix["settings.open"].roles} />;
  }
  const { after } = await searchParams;
  const starting_after = typeof after === "string" ? after : undefined;
  const budgets = await listBudgets(ctx, { limit: 50, starting_after, archived: false });
  const mayWrite = roleMay(role, "budgets.write");
  return (
    <SettingsSection
      title="Budgets"
      description="How much may be carried out in an hour or a day. Reserved when an act is about to be sent, given back when it is certain that nothing happened."
      actions={
        mayWrite ? <NewBudgetDialog subjects={await subjectsOf(ctx)} create={createBudgetAction} /> : null
      }
    >
      <BudgetsTable
        budgets={budgets.data}
        nextHref={budgets.has_more ? `/settings/budgets?after=${budgets.data.at(-1)?.id}` : undefined}
        change={
          mayWrite ? { save: updateBudgetAction, sign: signBudgetAction, viewer: ctx.actor.id } : undefined
        }
      />
    </SettingsSection>
  );
}

async function subjectsOf(ctx: UserContext) {
  const all = { limit: 100, archived: false };
  const [apps, types, connectors] = await Promise.all([
    listApps(ctx, all),
    listDecisionTypes(ctx, all),
    listConnectors(ctx, { limit: 100 }),
  ]);
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  return { app: apps.data.map(named), type: types.data.map(named), connector: connectors.data.map(named) };
}
