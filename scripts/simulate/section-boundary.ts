import { chanceEverCertified, type Boundary } from "./boundary";
import { atMost, meanOf, mustBreak, text, type Criterion, type Planned, type Section } from "./criterion";
import type { Plan } from "./plan";

const decisions = 10_000;
const nulls: readonly Omit<Boundary, "method" | "decisions">[] = [
  { alpha: 0.02, rate: 0.02, delta: 0.05 },
  { alpha: 0.02, rate: 0.02, delta: 0.1 },
  { alpha: 0.02, rate: 0.022, delta: 0.05 },
  { alpha: 0.05, rate: 0.05, delta: 0.05 },
  { alpha: 0.05, rate: 0.05, delta: 0.1 },
];
type Null = (typeof nulls)[number];
const nameOf = ({ alpha, rate, delta }: Null) => `${alpha} ${rate} ${delta}`;
const wordsOf = ({ alpha, rate, delta }: Null) =>
  `At most ${percent(alpha)} wrong, ${percent(1 - delta)} sure, ${percent(rate)} are`;
const percent = (share: number) => `${text(share * 100)} %`;

/** One threshold exactly as good as it must not be, looked at after every decision. */
export function boundarySection({ streams, mutation }: Plan): Section {
  const control = mutation === "clopper_pearson" ? "clopper_pearson" : "certificate";
  const of = (each: Null, method: Boundary["method"]): Boundary => ({ ...each, decisions, method });
  const jobs: Planned[] = nulls.flatMap((each) => [
    { name: nameOf(each), job: { kind: "boundary", ...of(each, control) }, streams },
    { name: `exact ${nameOf(each)}`, job: { kind: "boundary", ...of(each, "clopper_pearson") }, streams },
  ]);
  return {
    title: "One threshold on the boundary",
    about:
      "10,000 decisions of one threshold, looked at after each. *exactly* is computed without a draw, from the distribution of the number of errors; *simulated* is the share of streams ever certified.",
    jobs,
    judge: (outcomes) => [
      ...nulls.map((each) =>
        atMost(`${wordsOf(each)}: certified`, outcomes(nameOf(each)), "certified", each.delta),
      ),
      ...nulls
        .filter(({ rate, alpha }) => rate === alpha)
        .map((each) => tight(each, chanceEverCertified(of(each, control)))),
      ...nulls.slice(0, 1).map((each) => {
        return mustBreak(
          "Control: exact intervals certify it",
          outcomes(`exact ${nameOf(each)}`),
          "certified",
          each.delta,
        );
      }),
    ],
    table: (outcomes) => [
      ["promise, truth", "exactly", "simulated", "exact intervals, exactly", "simulated"],
      ...nulls.map((each) => [
        wordsOf(each),
        text(chanceEverCertified(of(each, control))),
        text(meanOf(outcomes(nameOf(each)), "certified")),
        text(chanceEverCertified(of(each, "clopper_pearson"))),
        text(meanOf(outcomes(`exact ${nameOf(each)}`), "certified")),
      ]),
    ],
  };
}

/** Valid is not enough: a method that never certifies is valid too. */
function tight(each: Null, chance: number): Criterion {
  const least = 0.4 * each.delta;
  return {
    promise: `${wordsOf(each)}: certified, exactly`,
    measured: text(chance),
    bound: `${text(least)} to ${text(each.delta)}`,
    isKept: chance >= least && chance <= each.delta,
  };
}
