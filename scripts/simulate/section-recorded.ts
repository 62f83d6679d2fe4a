import { atMost, meanOf, noMoreThan, sumOf, text, type Planned, type Section } from "./criterion";
import type { CurveName } from "./curves";
import { promise, type Plan } from "./plan";

const curves: readonly CurveName[] = ["CAL", "CONST", "EXPAND"];

/** The same worlds through the product's own fold, decision by decision. */
export function recordedSection({ recorded: { streams, days } }: Plan): Section {
  const jobs = curves.map((curve): Planned => {
    return { name: curve, job: { kind: "recorded", curve, terms: promise, perDay: 400, days }, streams };
  });
  return {
    title: "Through the product's own fold",
    about: `${streams} streams of ${days} days each, folded decision by decision by the code that folds a contract's evidence, which looks after each of them; beside it the same evidence counted by the day, as everywhere else on this page. A stream ends at its first alarm.`,
    jobs,
    judge: (outcomes) => {
      const all = curves.flatMap((curve) => outcomes(curve));
      const apart = Math.max(...all.map(({ difference }) => difference ?? Infinity));
      return [
        ...curves.map((curve) =>
          atMost(
            `${curve}, folded one by one: the promise is ever broken`,
            outcomes(curve),
            "violated",
            promise.delta,
          ),
        ),
        noMoreThan("Counted by the day and folded one by one differ in ln E by", apart, 1e-9),
        noMoreThan(
          "Times counts differed, or a p-value rose or was above that of looking once a day",
          sumOf(all, "disagreed"),
          0,
        ),
      ];
    },
    table: (outcomes) => [
      ["scenario", "ever", "runs alone", "alarms"],
      ...curves.map((curve) => {
        const all = outcomes(curve);
        return [curve, ...["violated", "share", "alarmed"].map((key) => text(meanOf(all, key)))];
      }),
    ],
  };
}
