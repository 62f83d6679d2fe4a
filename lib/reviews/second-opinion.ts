import type { Prediction } from "@/lib/decisions/schema";
import type { Verdict } from "@/lib/kernel/statuses";
import type { Calibrated } from "./calibrated";
import { sideOf, standingOf } from "./precedents";

/** A check that does not agree with the others, in one sentence. */
export type Doubt = {
  code: "both_ways" | "against_model" | "turned_out" | "overconfident" | "citation";
  sentence: string;
};

type Past = { verdict: Verdict | null; outcome: { truth: "positive" | "negative" } | null };
export type Checked = {
  predicted: Prediction | null;
  confidence: number | null;
  calibrated: Calibrated | null;
  /** Alike cases, nearest first. */
  nearest: readonly Past[];
  /** Citations of the rationale that do not hold. */
  broken: { noItem: number; noWords: number };
};

/** What the checks on a decision say against each other: none is worth more than another, and a person decides. */
export function doubtsOf(checked: Checked): Doubt[] {
  return [pastDoubt(checked), outcomeDoubt(checked), claimDoubt(checked), citationDoubt(checked)].filter(
    (doubt) => doubt !== undefined,
  );
}

function pastDoubt({ predicted, confidence, nearest }: Checked): Doubt | undefined {
  const standing = standingOf(nearest);
  if (standing?.kind === "both_ways") {
    const { acted, left } = standing;
    const sentence = `Cases like this were ruled both ways: ${acted} approved, ${left} declined.`;
    return { code: "both_ways", sentence };
  }
  const recommended = predicted === null ? null : predicted === "positive" ? "acted" : "left";
  if (!standing || recommended === null || standing.side === recommended) return undefined;
  const how = standing.side === "left" ? "declined" : "approved";
  const advice = predicted === "positive" ? "to act" : "not to act";
  const sure = confidence !== null && confidence >= 0.9 ? ", and is sure of it" : "";
  return {
    code: "against_model",
    sentence: `The ${standing.count} nearest cases were all ${how}; the model recommends ${advice}${sure}.`,
  };
}

function outcomeDoubt({ nearest }: Checked): Doubt | undefined {
  const wrong = nearest.filter(({ verdict, outcome }) => {
    const side = sideOf(verdict);
    return side !== null && outcome !== null && (side === "acted") !== (outcome.truth === "positive");
  });
  if (wrong.length === 0) return undefined;
  const [first] = wrong;
  const how = sideOf(first?.verdict ?? null) === "acted" ? "approving" : "declining";
  const sentence =
    wrong.length === 1
      ? `In one case like this, ${how} turned out to be wrong.`
      : `In ${wrong.length} cases like this, the ruling turned out to be wrong.`;
  return { code: "turned_out", sentence };
}

/** How far a claim may lie above what such claims were worth, beyond the interval's own end. */
const tolerated = 0.05;

function claimDoubt({ confidence, calibrated }: Checked): Doubt | undefined {
  if (confidence === null || calibrated?.kind !== "calibrated") return undefined;
  if (confidence - calibrated.upper <= tolerated) return undefined;
  const right = Math.round(calibrated.value * 100);
  const sentence = `It claims more than such claims were worth: ${right} of 100 like this were right.`;
  return { code: "overconfident", sentence };
}

function citationDoubt({ broken: { noItem, noWords } }: Checked): Doubt | undefined {
  if (noWords > 0)
    return {
      code: "citation",
      sentence: "The rationale quotes words that are not in the evidence it names.",
    };
  if (noItem > 0)
    return { code: "citation", sentence: "The rationale rests on something that was not sent." };
  return undefined;
}
