import { NewPlan, NewRubric } from "@/lib/audits/plans";
import { createPlan } from "@/lib/audits/server/create-plan";
import { createRubric } from "@/lib/audits/server/create-rubric";
import type { Context } from "@/lib/server/context";

const rubric = NewRubric.parse({
  name: "How a decision was argued",
  keys: [
    {
      key: "facts",
      question: "Were the right facts looked at?",
      answers: ["Yes", "Some were missing", "No"],
    },
    { key: "reason", question: "Does the reason given follow from them?", answers: ["Yes", "In part", "No"] },
  ],
});

/** A plan that an auditor has written and not drawn: two of them judge a part of what acted alone, most where it was least sure. */
const plan = {
  name: "What acts alone, by confidence",
  kind: "stratified",
  judges_needed: 2,
  spec: {
    strata: [
      { name: "Just sure enough", confidence: [0, 0.9995], rate: 0.2 },
      { name: "Surer", confidence: [0.9995, 1], rate: 0.05 },
    ],
  },
};

/** What the demo's auditor has prepared. */
export async function seedAuditPlan(auditor: Context): Promise<void> {
  const { id } = await createRubric(auditor, rubric);
  await createPlan(auditor, NewPlan.parse({ ...plan, rubric: id }));
}
