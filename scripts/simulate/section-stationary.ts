import {
  atLeast,
  atMost,
  meanOf,
  mustBreak,
  text,
  type Criterion,
  type Planned,
  type Section,
} from "./criterion";
import { bins, confidenceOf, oracleShare, ratesOf, risksOf, type CurveName } from "./curves";
import { promise, type Plan } from "./plan";
import type { Stationary } from "./stationary";

/** Least share that runs alone in the end, as a part of what could if the truth were known. */
const usefulness: Partial<Record<CurveName, number>> = {
  CAL: 0.8,
  OVER3: 0.7,
  UNDER3: 0.8,
  EASY: 0.98,
  BLIND: 0.7,
  STEP: 0.75,
};
const everyCurve: readonly CurveName[] = [
  "CAL",
  "OVER3",
  "UNDER3",
  "EASY",
  "BLIND",
  "HARD",
  "STEP",
  "CONST",
  "EXPAND",
];
const methods = ["certificate", "plug_in", "clopper_pearson"] as const;

/** Worlds that stand still: how often the promise was ever broken, and how much runs alone; beside two controls. */
export function stationarySection(
  { streams, isFull, mutation }: Plan,
  curves: readonly CurveName[] = everyCurve,
): Section {
  const jobOf = (curve: CurveName, change: Partial<Stationary> = {}): Stationary => ({
    kind: "stationary",
    curve,
    terms: promise,
    perDay: 400,
    days: curve === "CONST" || curve === "EXPAND" ? 365 : 180,
    method: "certificate",
    mutation,
    ...change,
  });
  const controlled = isFull ? curves : (["CONST"] as const);
  const tenth = { ...promise, delta: 0.1 };
  const jobs: Planned[] = [
    ...curves.map((curve) => ({ name: curve, job: jobOf(curve), streams })),
    ...controlled.flatMap((curve) =>
      (["plug_in", "clopper_pearson"] as const).map((method) => {
        return { name: `${curve} ${method}`, job: jobOf(curve, { method }), streams };
      }),
    ),
    { name: "CONST 10 %", job: jobOf("CONST", { terms: tenth }), streams },
    ...(isFull ? [{ name: "EXPAND 2000", job: jobOf("EXPAND", { perDay: 2000 }), streams }] : []),
  ];
  const judge: Section["judge"] = (outcomes) => {
    const ever = (name: string, delta: number) =>
      atMost(`${name}: the promise is ever broken`, outcomes(name), "violated", delta);
    return [
      ...curves.map((curve) => ever(curve, promise.delta)),
      ever("CONST 10 %", tenth.delta),
      ...(isFull ? [ever("EXPAND 2000", promise.delta)] : []),
      ...curves.flatMap((curve) => usefulOf(curve, meanOf(outcomes(curve), "share"))),
      mustBreak("Control: plug-in breaks it in CONST", outcomes("CONST plug_in"), "violated", promise.delta),
      mustBreak(
        "Control: daily exact intervals break it in CONST",
        outcomes("CONST clopper_pearson"),
        "violated",
        promise.delta,
      ),
    ];
  };
  return {
    title: "Worlds that stand still",
    about:
      "At most 2 % wrong, 95 % sure; 400 decisions a day, 180 days (CONST and EXPAND: 365), looked at daily. *ever*: share of streams in which more than that was deployed on any day. *runs alone*: share in the end, of what could if the truth were known. *plug-in* and *daily exact* are what one must not do; *0.9* is a fixed threshold and its true error rate.",
    jobs,
    judge,
    table: (outcomes) => [
      [
        "scenario",
        "ever",
        "runs alone",
        "of",
        "first day",
        "plug-in ever",
        "daily exact ever",
        "0.9: runs alone",
        "0.9: wrong",
      ],
      ...curves.map((curve) => {
        const all = outcomes(curve);
        const everOf = (method: (typeof methods)[number]) => {
          const own = outcomes(`${curve} ${method}`);
          return own.length === 0 ? "" : text(meanOf(own, "violated"));
        };
        return [
          curve,
          text(meanOf(all, "violated")),
          text(meanOf(all, "share")),
          text(oracleShare(ratesOf(curve, promise.alpha), promise.alpha)),
          text(meanOf(all, "firstDay")),
          everOf("plug_in"),
          everOf("clopper_pearson"),
          ...fixedAt(0.9, curve),
        ];
      }),
    ],
  };
}

function usefulOf(curve: CurveName, share: number): Criterion[] {
  if (curve === "HARD") {
    return [
      {
        promise: "HARD: nothing runs alone in the end",
        measured: text(share),
        bound: "= 0",
        isKept: share === 0,
      },
    ];
  }
  const least = usefulness[curve];
  if (least === undefined) return [];
  const oracle = oracleShare(ratesOf(curve, promise.alpha), promise.alpha);
  return [atLeast(`${curve}: share that runs alone, of what could`, share / oracle, least)];
}

/** What a fixed threshold lets run alone, and how much of it is wrong. */
function fixedAt(threshold: number, curve: CurveName): [string, string] {
  const auto = Array.from({ length: bins }, (_, bin) => confidenceOf(bin)).filter(
    (each) => each >= threshold,
  ).length;
  const risk = risksOf(ratesOf(curve, promise.alpha))[auto - 1] ?? 0;
  return [text(auto / bins), text(risk)];
}
