"use client";

import { useRouter } from "next/navigation";
import type { SaveBudget } from "@/components/apps/budget-dialog";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { formatMoney } from "@/components/ui/money-text";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { budgetPeriodWords } from "@/lib/apps/budget-words";
import type { BudgetView } from "@/lib/apps/budgets";

export type SignBudgetAction = (input: { budget: string; version: number }) => Promise<Answer<BudgetView>>;
type Proposal = NonNullable<BudgetView["proposal"]>;

/** What one admin wants of a budget, in a sentence for whoever may sign it. */
export function ProposalText({ budget }: { budget: BudgetView }) {
  if (!budget.proposal) return null;
  const { proposed_by, proposed_at } = budget.proposal;
  return (
    <span className="text-xs text-review-text">
      {wantedText(budget, budget.proposal)}: proposed by {proposed_by.name} <Time at={proposed_at} />; another
      admin signs it.
    </span>
  );
}

function wantedText({ currency, period, archived_at }: BudgetView, wanted: Proposal): string {
  if (wanted.archived) return "Out of force";
  const amount =
    wanted.max_amount === null || currency === null ? [] : [formatMoney(wanted.max_amount, currency)];
  const count = wanted.max_count === null ? [] : [`${wanted.max_count.toLocaleString("en")} acts`];
  const limits = `${[...amount, ...count].join(" and ")} ${budgetPeriodWords[period]}`;
  return archived_at === null ? `Then ${limits}` : `Not in force yet; then ${limits}`;
}

type Props = { budget: BudgetView; isOwn: boolean; save: SaveBudget; sign: SignBudgetAction };

/** Signs what another admin proposed, or takes it off the table. */
export function ProposalButtons({ budget, isOwn, save, sign }: Props) {
  const signing = useSubmit(sign);
  const closing = useSubmit(save);
  const { toast } = useToast();
  const router = useRouter();
  const of = { budget: budget.id, version: budget.version };
  async function run() {
    if (await signing.submit(of)) toast({ title: "Signed: it is in force.", tone: "success" });
    router.refresh();
  }
  async function close() {
    // The limits in force once more: nothing changes but that the proposal ends.
    await closing.submit(of);
    router.refresh();
  }
  const word = isOwn ? "Withdraw" : "Decline";
  return (
    <>
      <FormError>{signing.formError ?? closing.formError}</FormError>
      {isOwn ? null : (
        <Button
          size="sm"
          variant="positive"
          pending={signing.pending}
          onClick={() => void run()}
          aria-label={`Sign the budget of ${budget.scope_name}`}
        >
          Sign
        </Button>
      )}
      <Button
        size="sm"
        variant="ghost"
        pending={closing.pending}
        onClick={() => void close()}
        aria-label={`${word} what is proposed for the budget of ${budget.scope_name}`}
      >
        {word}
      </Button>
    </>
  );
}
