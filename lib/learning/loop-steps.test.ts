import { expect, test } from "vitest";
import { loopSteps, type Loop } from "./loop-steps";
import type { ArtifactView, TrainingView } from "./trainings";

const better = { verdict: "better" };
const round = (more: object) =>
  ({
    status: "evaluated",
    own_proposal: false,
    report: { learned_from: 40, comparison: better },
    ...more,
  }) as unknown as TrainingView;
const model = (status: string, answered = 0) => ({ status, shadow: { answered } }) as unknown as ArtifactView;
const loop = (more: Partial<Loop>): Loop => ({
  labels: 60,
  training: undefined,
  artifact: undefined,
  mayTrain: true,
  signers: ["Bo"],
  ...more,
});
const atHand = (given: Loop) => {
  const now = loopSteps(given).find(({ state }) => state === "now");
  return now && `${now.name}: ${now.sentence}`;
};

test.each<[string, Loop, string]>([
  ["nobody has said anything", loop({ labels: 0 }), "Labels: Rule on reviews"],
  ["there are labels", loop({}), "Train: Press “Train a new model”: 60 labels"],
  ["it learns", loop({ training: round({ status: "running" }) }), "Measure: It learns"],
  ["it is measured", loop({ training: round({}), artifact: model("candidate") }), "Shadow: Press"],
  [
    "it is in shadow",
    loop({ training: round({}), artifact: model("shadow", 3) }),
    "Propose: Press “Propose” when",
  ],
  [
    "it is worse",
    loop({
      training: round({ report: { learned_from: 40, comparison: { verdict: "worse" } } }),
      artifact: model("shadow"),
    }),
    "Propose: It is surely worse",
  ],
  [
    "it was not measured",
    loop({ training: round({ report: { learned_from: 40, comparison: null } }), artifact: model("shadow") }),
    "Propose: It was not measured",
  ],
  ["another proposed it", loop({ training: round({ status: "proposed" }) }), "Sign: Read how it measured"],
  [
    "I proposed it",
    loop({ training: round({ status: "proposed", own_proposal: true }) }),
    "Sign: You proposed it, so you cannot sign it. Bo signs in and signs it here.",
  ],
  ["it was declined", loop({ training: round({ status: "declined" }) }), "Train: Press"],
  ["I only look", loop({ mayTrain: false }), "Train: An admin takes this step"],
])("when %s, the step at hand says what it takes", (_when, given, words) => {
  expect(atHand(given)).toContain(words);
});

test("a model in force has every step behind it", () => {
  const steps = loopSteps(loop({ training: round({ status: "signed", signed_by: "Bo" }) }));
  expect(steps.every(({ state }) => state === "done")).toBe(true);
  expect(steps.at(-1)?.sentence).toBe("By Bo: in force.");
});
