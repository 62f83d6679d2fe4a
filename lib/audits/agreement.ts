import { percentAgreement, type Agreement } from "@/lib/stats/agreement";
import { cohenKappa, crossTable } from "@/lib/stats/cohen-kappa";
import { fleissAgreement, ratingCounts } from "@/lib/stats/fleiss-kappa";
import { krippendorffAgreement } from "@/lib/stats/krippendorff-alpha";
import { seededRandom } from "@/lib/stats/seeded-random";
import { lossOf } from "./loss";
import type { AgreementView, Measure } from "./plans";
import { judgements, type Judgement } from "./schema";

/** Below so many audits judged by two or more nothing is said of their agreement. */
export const leastAgreement = 30;

/** One audit's independent judgements, by auditor. */
export type JudgedItem = readonly { auditor: string; judgement: Judgement }[];

// The same data must show the same interval on every reload.
const seed = 20_261_122;

/** The measures of agreement over audits that two or more judged without knowing of each other. */
export function agreementOf(items: readonly JudgedItem[]): AgreementView {
  const judged = items.filter(({ length }) => length >= 2);
  const about = { object: "audits.agreement", n: judged.length, needed: leastAgreement } as const;
  if (judged.length < leastAgreement) return { ...about, measures: null };
  const values = judged.map((item) => item.map(({ judgement }) => judgement));
  const random = seededRandom(seed);
  const units = values.map((item) => item.map((judgement) => lossOf[judgement]));
  const usual = usualSize(values);
  const sameSize = values.filter(({ length }) => length === usual);
  return {
    ...about,
    measures: {
      percent: measureOf(percentAgreement(values)),
      cohen: cohenOf(judged),
      fleiss: measureOf(fleissAgreement(ratingCounts(sameSize, judgements), { random })),
      krippendorff_nominal: measureOf(krippendorffAgreement(units, "nominal", { random })),
      krippendorff_ordinal: measureOf(krippendorffAgreement(units, "ordinal", { random })),
    },
  };
}

/** Cohen's kappa is about two given people; null where there are more. */
function cohenOf(items: readonly JudgedItem[]): Measure | null {
  const auditors = [...new Set(items.flatMap((item) => item.map(({ auditor }) => auditor)))].toSorted();
  const [first, second] = auditors;
  if (auditors.length !== 2 || first === undefined || second === undefined) return null;
  const pairs = items.flatMap((item): [Judgement, Judgement][] => {
    const of = (auditor: string) => item.find((one) => one.auditor === auditor)?.judgement;
    const [one, other] = [of(first), of(second)];
    return one === undefined || other === undefined ? [] : [[one, other]];
  });
  return measureOf(cohenKappa(crossTable(pairs, judgements)));
}

function usualSize(values: readonly (readonly Judgement[])[]): number {
  const sizes = [...new Set(values.map(({ length }) => length))];
  const times = (size: number) => values.filter(({ length }) => length === size).length;
  return sizes.toSorted((a, b) => times(b) - times(a) || a - b)[0] ?? 2;
}

function measureOf({ value, interval, n }: Agreement): Measure {
  return { value, lower: interval?.lower ?? null, upper: interval?.upper ?? null, n };
}
