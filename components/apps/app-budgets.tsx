import { BudgetMeter } from "@/components/apps/budget-meter";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { budgetPeriodWords, budgetScopeWords } from "@/lib/apps/budget-words";
import type { BudgetView } from "@/lib/apps/budgets";

type Props = { budgets: BudgetView[]; maySet: boolean };

/** What binds how much an app may have carried out, and how much of it is used. */
export function AppBudgets({ budgets, maySet }: Props) {
  return (
    <Card aria-labelledby="budgets-title">
      <CardHeader
        id="budgets-title"
        title="Budgets"
        description={
          budgets.length === 0
            ? "Nothing limits how much it may have carried out in an hour or a day."
            : "What would go over one is not sent: it goes back to a person."
        }
        actions={maySet ? <ButtonLink href="/settings/budgets">Open budgets</ButtonLink> : null}
      />
      {budgets.length > 0 ? (
        <CardBody>
          <DefinitionList
            items={budgets.map((budget) => ({
              term: `${budgetScopeWords[budget.scope]}, ${budgetPeriodWords[budget.period]}`,
              detail: <BudgetMeter budget={budget} />,
            }))}
          />
        </CardBody>
      ) : null}
    </Card>
  );
}
