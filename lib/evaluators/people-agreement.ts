import { cohenKappa, crossTable } from "@/lib/stats/cohen-kappa";
import { percentAgreement, type Agreement } from "@/lib/stats/agreement";
import { fleissAgreement, ratingCounts } from "@/lib/stats/fleiss-kappa";
import { krippendorffAgreement } from "@/lib/stats/krippendorff-alpha";
import { seededRandom } from "@/lib/stats/seeded-random";
import { labelOf, type Answer, type TieRule } from "./agreement";

/** What several people said of one subject, each once. */
export type PeopleItem = readonly ({ by: string } & Answer)[];

type Measure = { value: number | null; low: number | null; high: number | null; n: number };

/**
 * How far people agree among themselves: no judge can be expected to agree with them more. `n`: subjects that two or more
 * ruled on. Cohen's kappa of each two people; Fleiss' kappa over subjects with the usual number of rulings; Krippendorff's
 * nominal alpha over all. Null below {@link leastItems}.
 */
type PeopleAgreement = {
  n: number;
  needed: number;
  people: number;
  measures: {
    percent: Measure;
    fleiss: Measure & { raters: number };
    krippendorff: Measure;
    cohen: Measure[];
  } | null;
};

/** Below so many subjects nothing is said of how far people agree. */
export const leastItems = 30;
/** Pairs of people that are shown, those with the most in common first. */
const mostPairs = 10;
// The same rulings must show the same interval on every reload.
const seed = 20_261_123;
/** So many draws give the interval its second digit; a page waits for them. */
const rounds = 500;

/** The agreement among people on subjects that several ruled on; see {@link PeopleAgreement}. */
export function peopleAgreement(items: readonly PeopleItem[], ties: TieRule = "kept"): PeopleAgreement {
  const said = items.flatMap((item) => {
    const own = item.flatMap(({ by, ...answer }) => {
      const word = wordOf(answer, ties);
      return word === null ? [] : [{ by, word }];
    });
    return own.length >= 2 ? [own] : [];
  });
  const people = [...new Set(said.flatMap((own) => own.map(({ by }) => by)))].toSorted();
  const about = { n: said.length, needed: leastItems, people: people.length };
  if (said.length < leastItems) return { ...about, measures: null };
  const words = said.map((own) => own.map(({ word }) => word));
  const categories = [...new Set(words.flat())].toSorted();
  const random = seededRandom(seed);
  const raters = usualSize(words);
  const sameSize = words.filter(({ length }) => length === raters);
  const units = words.map((own) => own.map((word) => categories.indexOf(word)));
  return {
    ...about,
    measures: {
      percent: measureOf(percentAgreement(words)),
      fleiss: {
        ...measureOf(fleissAgreement(ratingCounts(sameSize, categories), { random, rounds })),
        raters,
      },
      krippendorff: measureOf(krippendorffAgreement(units, "nominal", { random, rounds })),
      cohen: cohenOf(said, people, categories),
    },
  };
}

function wordOf({ passed, label }: Answer, ties: TieRule): string | null {
  if (passed !== null) return passed ? "pass" : "fail";
  return label === null ? null : labelOf(label, ties);
}

type Said = { by: string; word: string }[];

function cohenOf(said: readonly Said[], people: readonly string[], categories: readonly string[]): Measure[] {
  const pairs = people.flatMap((first, at) =>
    people.slice(at + 1).map((second) =>
      said.flatMap((own): [string, string][] => {
        const [one, other] = [first, second].map((by) => own.find((each) => each.by === by)?.word);
        return one === undefined || other === undefined ? [] : [[one, other]];
      }),
    ),
  );
  return pairs
    .filter(({ length }) => length >= leastItems)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, mostPairs)
    .map((pair) => measureOf(cohenKappa(crossTable(pair, categories))));
}

function usualSize(words: readonly (readonly string[])[]): number {
  const times = new Map<number, number>();
  for (const { length } of words) times.set(length, (times.get(length) ?? 0) + 1);
  return [...times].toSorted(([a, often], [b, other]) => other - often || a - b)[0]?.[0] ?? 2;
}

function measureOf({ value, interval, n }: Agreement): Measure {
  return { value, low: interval?.lower ?? null, high: interval?.upper ?? null, n };
}
