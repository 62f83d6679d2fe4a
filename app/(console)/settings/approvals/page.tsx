import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { DelegationsTable } from "@/components/approvals/delegations-table";
import { LendDialog } from "@/components/approvals/lend-dialog";
import { RuleDialog } from "@/components/approvals/rule-dialog";
import { RulesTable } from "@/components/approvals/rules-table";
import { SettingsSection } from "@/components/identity/settings-section";
import { Button } from "@/components/ui/button";
import { listDecisionTypes } from "@/lib/apps/server/list-decision-types";
import { roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { listDelegations } from "@/lib/reviews/server/delegations";
import { listApprovalRules } from "@/lib/reviews/server/list-approval-rules";
import { listPeople } from "@/lib/reviews/server/list-people";
import { listQueues } from "@/lib/reviews/server/list-queues";
import { createRuleAction, lendAction, removeRuleAction, revokeAction, updateRuleAction } from "./actions";

export const metadata: Metadata = { title: "Approvals" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function ApprovalsPage({ searchParams }: Props) {
  const ctx = await userContext();
  const { after } = await searchParams;
  return (
    <>
      <Rules ctx={ctx} after={typeof after === "string" ? after : undefined} />
      <Delegations ctx={ctx} />
    </>
  );
}

async function Rules({ ctx, after }: { ctx: UserContext; after?: string }) {
  const rules = await listApprovalRules(ctx, { limit: 50, starting_after: after });
  const choices = roleMay(ctx.actor.role, "approval_rules.write") ? await choicesOf(ctx) : undefined;
  return (
    <SettingsSection
      title="Approval rules"
      description="Who must approve what before it is carried out. Nobody approves what they proposed, changed, or wrote the rules of in the last 24 hours; nobody counts twice."
      actions={
        choices ? (
          <RuleDialog choices={choices} save={createRuleAction}>
            <Button variant="primary">
              <Plus aria-hidden /> New rule
            </Button>
          </RuleDialog>
        ) : null
      }
    >
      <RulesTable
        rules={rules.data}
        nextHref={rules.has_more ? `/settings/approvals?after=${rules.data.at(-1)?.id}` : undefined}
        choices={choices}
        actions={choices ? { update: updateRuleAction, remove: removeRuleAction } : undefined}
      />
    </SettingsSection>
  );
}

async function Delegations({ ctx }: { ctx: UserContext }) {
  const { id, role } = ctx.actor;
  const delegations = await listDelegations(ctx, { limit: 50, active: false });
  return (
    <SettingsSection
      title={role === "reviewer" ? "Who stands in for you, and for whom you do" : "Who stands in for whom"}
      description="A reviewer may lend their seats and queues to a colleague for a while. Each approval says in whose place it was given."
      actions={roleMay(role, "delegations.lend") ? <LendDialog {...await lendingOf(ctx)} /> : null}
    >
      <DelegationsTable
        delegations={delegations.data}
        viewerId={id}
        isAdmin={role === "admin" ? true : undefined}
        revoke={roleMay(role, "delegations.revoke") ? revokeAction : undefined}
      />
    </SettingsSection>
  );
}

const all = { limit: 100, archived: false };
const named = ({ id, name }: { id: string; name: string }) => ({ id, name });

async function choicesOf(ctx: UserContext) {
  const [types, queues, people] = await Promise.all([
    listDecisionTypes(ctx, all),
    listQueues(ctx, all),
    listPeople(ctx),
  ]);
  return {
    types: types.data.map(({ id, name, currency }) => ({ id, name, currency })),
    queues: queues.data.map(named),
    reviewers: people.data.map(named),
  };
}

async function lendingOf(ctx: UserContext) {
  const [queues, people] = await Promise.all([listQueues(ctx, all), listPeople(ctx)]);
  return {
    people: people.data.filter(({ id }) => id !== ctx.actor.id).map(named),
    queues: queues.data.map(named),
    lend: lendAction,
  };
}
