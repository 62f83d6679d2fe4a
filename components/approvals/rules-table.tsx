"use client";

import { Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoney } from "@/components/ui/money-text";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ApprovalRuleView, UpdateApprovalRule } from "@/lib/reviews/approval-rules";
import { type RuleChoices, RuleDialog } from "./rule-dialog";
import { stagesText } from "./stage-draft";

export type RuleActions = {
  update: (input: UpdateApprovalRule) => Promise<Answer<ApprovalRuleView>>;
  remove: (input: { rule: string }) => Promise<Answer<ApprovalRuleView>>;
};

const columns: Column<ApprovalRuleView>[] = [
  {
    id: "name",
    header: "Rule",
    role: "primary",
    cell: (rule) => (
      <span className="flex flex-wrap items-center gap-2">
        <UntrustedInline text={rule.name} />
        {rule.enabled ? null : <Badge tone="idle">Off</Badge>}
        <span className="w-full text-xs font-normal text-muted-foreground md:hidden">
          <When rule={rule} />
        </span>
      </span>
    ),
  },
  { id: "when", header: "When", className: "max-md:hidden", cell: (rule) => <When rule={rule} /> },
  { id: "who", header: "Who approves", cell: (rule) => <UntrustedInline text={stagesText(rule.stages)} /> },
];

function When({ rule }: { rule: ApprovalRuleView }) {
  const { type, queue, min_amount: least, currency } = rule;
  const parts = [
    type?.name ?? "Any type",
    queue ? `in ${queue.name}` : null,
    least === null ? null : `from ${currency ? formatMoney(least, currency) : `${least} minor units`}`,
  ].filter((part) => part !== null);
  return <UntrustedInline text={parts.join(", ")} />;
}

function changing(choices: RuleChoices, actions: RuleActions): Column<ApprovalRuleView> {
  return {
    id: "change",
    header: "Change",
    role: "interactive",
    align: "end",
    cell: (rule) => (
      <span className="flex justify-end gap-2">
        <RuleDialog
          key={rule.version}
          choices={choices}
          rule={rule}
          save={(input) => actions.update({ ...input, rule: rule.id, version: rule.version })}
        >
          <Button size="sm" aria-label={`Change ${rule.name}`}>
            Change
          </Button>
        </RuleDialog>
        <RemoveRule rule={rule} remove={actions.remove} />
      </span>
    ),
  };
}

function RemoveRule({ rule, remove }: { rule: ApprovalRuleView; remove: RuleActions["remove"] }) {
  const [open, setOpen] = useState(false);
  const { toast } = useToast();
  const router = useRouter();
  async function confirm() {
    await orThrow(remove({ rule: rule.id }));
    toast({ title: `Removed: ${rule.name}`, tone: "success" });
    router.refresh();
  }
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setOpen(true)} aria-label={`Remove ${rule.name}`}>
        Remove
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Remove the rule?"
        description="What is submitted from now on does not ask for it. What was submitted before still does."
        confirmLabel="Remove"
        tone="danger"
        onConfirm={confirm}
      />
    </>
  );
}

type Props = { rules: ApprovalRuleView[]; nextHref?: string; choices?: RuleChoices; actions?: RuleActions };

/** Who must approve what, in the order the rules are asked; who may change them finds the buttons. */
export function RulesTable({ rules, nextHref, choices, actions }: Props) {
  return (
    <DataTable
      caption="Approval rules"
      columns={choices && actions ? [...columns, changing(choices, actions)] : columns}
      rows={rules}
      rowKey={(rule) => rule.id}
      nextHref={nextHref}
      empty={
        <EmptyState title="One approval is enough" icon={Users}>
          No rule asks for more: any reviewer approves, only never what they proposed themselves.
        </EmptyState>
      }
    />
  );
}
