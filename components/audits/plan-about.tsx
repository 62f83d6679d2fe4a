import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { planKindWords } from "@/lib/audits/client";
import type { PlanView } from "@/lib/audits/plans";

const routeWords = { execute: "acted alone", decline: "left alone", review: "ruled on by a person" };

/** What a plan says, and who judged how many of its audits. */
export function PlanAbout({ plan }: { plan: PlanView }) {
  const { spec, auditors } = plan;
  const part = (term: string, detail: string | undefined) => (detail ? [{ term, detail }] : []);
  return (
    <Card aria-labelledby="plan-about">
      <CardHeader id="plan-about" title="The plan" description={planKindWords[plan.kind].sentence} />
      <CardBody>
        <DefinitionList
          items={[
            { term: "Decisions", detail: spec.routes.map((route) => routeWords[route]).join(", ") },
            ...part("From", spec.from?.slice(0, 10)),
            ...part("Before", spec.to?.slice(0, 10)),
            ...part("Reasons", spec.reasons?.join(", ")),
            ...part("Expression", spec.segment),
            { term: "Auditors per decision", detail: String(plan.judges_needed) },
            ...part("Rubric", plan.rubric?.name),
            ...part("Judged by", auditors.map(({ name, judged }) => `${name} ${judged}`).join(", ")),
          ]}
        />
      </CardBody>
    </Card>
  );
}
