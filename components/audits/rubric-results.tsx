import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { PlanView } from "@/lib/audits/plans";

/** How often each answer of the rubric was given, over audits that are done. */
export function RubricResults({ plan }: { plan: PlanView }) {
  if (plan.rubric === null) return null;
  return (
    <Card aria-labelledby="rubric-results">
      <CardHeader
        id="rubric-results"
        title={`Rubric: ${plan.rubric.name}`}
        description="Answers of every auditor, over audits that are done. Plain counts."
      />
      <CardBody className="grid gap-4 md:grid-cols-2">
        {plan.rubric_answers.map(({ key, question, answers }) => (
          <section key={key} aria-label={question} className="flex flex-col gap-2">
            <h3 className="text-sm font-semibold">{question}</h3>
            <ul className="flex flex-col gap-1.5">
              {answers.map(({ answer, count }) => (
                <li key={answer} className="flex flex-col gap-0.5 text-sm">
                  <span className="flex justify-between gap-2">
                    {answer}
                    <span className="text-muted-foreground tabular-nums">{count}</span>
                  </span>
                  <Progress label={`${answer}: ${count}`} value={count / total(answers)} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </CardBody>
    </Card>
  );
}

function total(answers: readonly { count: number }[]): number {
  return Math.max(
    1,
    answers.reduce((sum, { count }) => sum + count, 0),
  );
}
