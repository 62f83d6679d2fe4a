import { percentAgreement } from "../agreement";
import { cohenKappa, crossTable } from "../cohen-kappa";
import { effectiveSampleSize } from "../effective-sample-size";
import { fleissKappa, ratingCounts } from "../fleiss-kappa";
import { hajek, horvitzThompson } from "../horvitz-thompson";
import { cellsOf, knownAnswers, type Reproduction } from "./compare-fixture";
import type { Vectors } from "./vectors-fixture";
import { krippendorffAlpha } from "../krippendorff-alpha";

const vectors = knownAnswers<Vectors>();

/** Agreement between people, and means of what was labelled by chance. */
export const agreementReproductions: Readonly<Record<string, Reproduction>> = {
  cohen: {
    inputs: ["table", "src"],
    reproduce: () => vectors.cohen.map(({ table }) => ({ kappa: cohenKappa(table).value })),
  },
  fleiss: { inputs: ["table", "src"], reproduce: () => ({ kappa: fleissKappa(vectors.fleiss.table) }) },
  krippendorff: {
    inputs: ["data"],
    reproduce: () =>
      vectors.krippendorff.map(({ data, ordinal, ratio }) => {
        const units = unitsOf(data);
        return {
          nominal: krippendorffAlpha(units, "nominal"),
          interval: krippendorffAlpha(units, "interval"),
          ...(ordinal !== undefined && { ordinal: krippendorffAlpha(units, "ordinal") }),
          ...(ratio !== undefined && { ratio: krippendorffAlpha(units, "ratio") }),
        };
      }),
  },
  pandalm_file: { reproduce: judgements },
  ht: { inputs: ["desc", "pi", "L", "e"], reproduce: labelledMeans },
};

function unitsOf(raters: readonly (readonly (number | null)[])[]): number[][] {
  return (raters[0] ?? []).map((_, i) => raters.flatMap((given) => given[i] ?? []));
}

function labelledMeans() {
  const { pi, L, e } = vectors.ht;
  const labelled = pi.flatMap((propensity, i) =>
    L[i] === 1 ? [{ propensity, value: e[i] ?? Number.NaN }] : [],
  );
  return {
    ht: horvitzThompson(labelled, pi.length),
    hajek: hajek(labelled),
    ess: effectiveSampleSize(labelled.map(({ propensity }) => 1 / propensity)),
  };
}

/** Three people's judgements of 999 answers, and a model's against their majority. */
function judgements() {
  const [, ...rows] = cellsOf("pandalm_annotators.csv");
  const people = rows.map((cells) => cells.slice(1, 4).map(Number));
  const majorities = people.map(majority);
  const model = rows.map((cells, i) => [majorities[i] ?? null, spoken(cells[4] ?? "")] as const);
  const cohen = (i: number, j: number) =>
    cohenKappa(
      crossTable(
        people.map((one) => [one[i] ?? -1, one[j] ?? -1] as const),
        [0, 1, 2],
      ),
    ).value;
  return {
    n: people.length,
    fleiss: fleissKappa(ratingCounts(people, [0, 1, 2])),
    krippendorff_nominal: krippendorffAlpha(people, "nominal"),
    cohen_12: cohen(0, 1),
    cohen_13: cohen(0, 2),
    cohen_23: cohen(1, 2),
    no_majority: majorities.filter((each) => each === null).length,
    gpt35_vs_majority_agree: percentAgreement(model).value,
    gpt35_vs_majority_kappa: cohenKappa(crossTable(model, [0, 1, 2, -1])).value,
  };
}

function majority(votes: readonly number[]): number | null {
  return votes.find((vote) => votes.filter((each) => each === vote).length >= 2) ?? null;
}

/** What the model said: 1, 2, a tie, or none of them. */
function spoken(text: string): number {
  if (text === "1" || text === "2") return Number(text);
  return text.toLowerCase() === "tie" ? 0 : -1;
}
