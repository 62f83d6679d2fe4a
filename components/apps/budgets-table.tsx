"use client";

import { Wallet } from "lucide-react";
import { ArchiveBudget, BudgetDialog, type SaveBudget } from "@/components/apps/budget-dialog";
import { BudgetMeter } from "@/components/apps/budget-meter";
import { ProposalButtons, ProposalText, type SignBudgetAction } from "@/components/apps/budget-proposal";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { budgetPeriodWords, budgetScopeWords } from "@/lib/apps/budget-words";
import type { BudgetView } from "@/lib/apps/budgets";

const columns: Column<BudgetView>[] = [
  {
    id: "what",
    header: "Budget of",
    role: "primary",
    cell: (budget) => (
      <>
        {budget.scope_name}{" "}
        <span className="text-xs font-normal text-muted-foreground">
          {budgetScopeWords[budget.scope]}
          <span className="md:hidden">, {budgetPeriodWords[budget.period]}</span>
        </span>
      </>
    ),
  },
  {
    id: "used",
    header: "Used now",
    cell: (budget) => (
      <span className="flex flex-col gap-1">
        <BudgetMeter budget={budget} />
        <ProposalText budget={budget} />
      </span>
    ),
  },
  {
    id: "period",
    header: "Period",
    className: "max-md:hidden",
    cell: (budget) => budgetPeriodWords[budget.period],
  },
  {
    id: "ends",
    header: "Begins again",
    className: "max-md:hidden",
    cell: (budget) => <Time at={budget.used.window_end} />,
  },
];

/** What an admin may do, and who looks. */
type Changing = { save: SaveBudget; sign: SignBudgetAction; viewer: string };

function changing({ save, sign, viewer }: Changing): Column<BudgetView> {
  return {
    id: "change",
    header: "Change",
    role: "interactive",
    align: "end",
    cell: (budget) => (
      <span className="flex flex-wrap justify-end gap-2">
        {budget.proposal ? (
          <ProposalButtons
            budget={budget}
            isOwn={budget.proposal.proposed_by.id === viewer}
            save={save}
            sign={sign}
          />
        ) : null}
        {budget.archived_at === null ? (
          <>
            <BudgetDialog key={budget.version} budget={budget} save={save} />
            <ArchiveBudget budget={budget} save={save} />
          </>
        ) : null}
      </span>
    ),
  };
}

type Props = { budgets: BudgetView[]; nextHref?: string; change?: Changing };

/** Every budget with what is used of it now; who may change them finds the buttons. */
export function BudgetsTable({ budgets, nextHref, change }: Props) {
  return (
    <DataTable
      caption="Budgets"
      columns={change ? [...columns, changing(change)] : columns}
      rows={budgets}
      rowKey={(budget) => budget.id}
      nextHref={nextHref}
      empty={
        <EmptyState title="No budgets yet" icon={Wallet}>
          Nothing limits how much may be carried out in an hour or a day. What goes over a budget is not sent:
          it goes back to a person.
        </EmptyState>
      }
    />
  );
}
