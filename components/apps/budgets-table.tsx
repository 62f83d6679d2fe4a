"use client";

import { Wallet } from "lucide-react";
import { ArchiveBudget, BudgetDialog, type SaveBudget } from "@/components/apps/budget-dialog";
import { BudgetMeter } from "@/components/apps/budget-meter";
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
        <span className="text-xs font-normal text-muted-foreground">{budgetScopeWords[budget.scope]}</span>
      </>
    ),
  },
  { id: "used", header: "Used now", cell: (budget) => <BudgetMeter budget={budget} /> },
  { id: "period", header: "Period", cell: (budget) => budgetPeriodWords[budget.period] },
  {
    id: "ends",
    header: "Begins again",
    className: "max-md:hidden",
    cell: (budget) => <Time at={budget.used.window_end} />,
  },
];

function changing(save: SaveBudget): Column<BudgetView> {
  return {
    id: "change",
    header: "Change",
    role: "interactive",
    align: "end",
    cell: (budget) => (
      <span className="flex justify-end gap-2">
        <BudgetDialog key={budget.version} budget={budget} save={save} />
        <ArchiveBudget budget={budget} save={save} />
      </span>
    ),
  };
}

type Props = { budgets: BudgetView[]; nextHref?: string; save?: SaveBudget };

/** Every budget with what is used of it now; who may change them finds the buttons. */
export function BudgetsTable({ budgets, nextHref, save }: Props) {
  return (
    <DataTable
      caption="Budgets"
      columns={save ? [...columns, changing(save)] : columns}
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
