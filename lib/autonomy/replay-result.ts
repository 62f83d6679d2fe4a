import { routes, type Route } from "@/lib/decisions/routes";
import { effectiveSizeOf } from "@/lib/stats/effective-sample-size";
import { wilsonInterval } from "@/lib/stats/wilson";
import type { Bounds, ReplayResult, Side } from "./replay-views";
import { isAlone } from "./replay";
import type { Cell, ReplaySums } from "./replay-sums";

/** What a type's mistakes cost (minor units), and how long a review of it takes (seconds); null: nobody measured. */
export type TypeFacts = {
  currency: string;
  costWrongYes: number;
  costWrongNo: number;
  handlingSeconds: number | null;
};

type Span = { from: string | null; to: string | null; weeks: number };

/** What a replay's sums say. Pure. */
export function resultOf(
  sums: ReplaySums,
  types: ReadonlyMap<string, TypeFacts>,
  span: Span,
): Omit<ReplayResult, "flips"> & { flips: { total: number; listed: number } } {
  const flows = flowsOf(sums);
  const count = (side: "was" | "would", route: Route) =>
    flows.filter((flow) => flow[side] === route).reduce((sum, { cell }) => sum + cell.n, 0);
  return {
    decisions: flows.reduce((sum, { cell }) => sum + cell.n, 0),
    ...span,
    flow: matrixOf(flows),
    now: sideOf(flows, "was"),
    draft: sideOf(flows, "would"),
    loss: lossOf(flows, types),
    reviews: { was: count("was", "review"), would: count("would", "review") },
    audits: {
      was: flows.reduce((sum, { cell }) => sum + cell.audits, 0),
      would: Math.round(flows.reduce((sum, { cell }) => sum + cell.wouldAudit, 0)),
    },
    hours: hoursOf(flows, types, span.weeks),
    flips: { total: sums.flips.total, listed: sums.flips.listed.length },
    unanswered: sums.unanswered,
    in_shadow: sums.inShadow,
  };
}

type Flow = { typeId: string; was: Route; would: Route; cell: Cell };

function flowsOf({ cells }: ReplaySums): Flow[] {
  return Object.entries(cells).flatMap(([typeId, ofType]) =>
    routes.flatMap((was) =>
      routes.flatMap((would) => {
        const cell = ofType[`${was}>${would}`];
        return cell ? [{ typeId, was, would, cell }] : [];
      }),
    ),
  );
}

function matrixOf(flows: readonly Flow[]): ReplayResult["flow"] {
  return routes.flatMap((was) =>
    routes.flatMap((would) => {
      const count = flows
        .filter((flow) => flow.was === was && flow.would === would)
        .reduce((sum, { cell }) => sum + cell.n, 0);
      return count === 0 ? [] : [{ was, would, count }];
    }),
  );
}

/** An estimate with its interval, and what lies beyond any estimate: that many more could be wrong, or none. */
type Estimate = Bounds & { unknown: number };

/**
 * Errors among a group's decisions under one side's route. What a person ruled on is known, one by one; what ran alone
 * is estimated from its random audits (Hájek, Wilson on the effective n); the rest says nothing.
 */
function wrongOf({ was, cell }: Flow, route: Route): Estimate {
  const ifPositive = route === "decline";
  if (!isAlone(was)) {
    const wrong = ifPositive ? cell.knownPositive : cell.known - cell.knownPositive;
    return { value: wrong, lower: wrong, upper: wrong, unknown: cell.n - cell.known };
  }
  if (cell.weight === 0) return { value: 0, lower: 0, upper: 0, unknown: cell.n };
  const positive = Math.min(1, cell.positiveWeight / cell.weight);
  const share = ifPositive ? positive : 1 - positive;
  const ess = effectiveSizeOf(cell);
  const { lower, upper } = wilsonInterval(share * ess, ess);
  return { value: share * cell.n, lower: lower * cell.n, upper: upper * cell.n, unknown: 0 };
}

/**
 * The sum of independent estimates: `value ± sqrt(sum of squared distances to each end)`.
 * Source: MOVER, Zou & Donner, Statistics in Medicine 27 (2008).
 */
function together(estimates: readonly Estimate[]): Estimate {
  const sum = (figure: (one: Estimate) => number) => estimates.reduce((total, one) => total + figure(one), 0);
  const value = sum((one) => one.value);
  const below = Math.sqrt(sum((one) => (one.value - one.lower) ** 2));
  const above = Math.sqrt(sum((one) => (one.upper - one.value) ** 2));
  return {
    value,
    lower: Math.max(0, value - below),
    upper: value + above,
    unknown: sum((one) => one.unknown),
  };
}

function sideOf(flows: readonly Flow[], side: "was" | "would"): Side {
  const own = flows.filter((flow) => isAlone(flow[side]));
  const { unknown, ...wrong } = together(own.map((flow) => wrongOf(flow, flow[side])));
  const alone = own.reduce((sum, { cell }) => sum + cell.n, 0);
  const known = own.filter(({ was }) => !isAlone(was)).reduce((sum, { cell }) => sum + cell.known, 0);
  const capped = Math.min(wrong.upper, alone - unknown);
  return {
    alone,
    executed: own.filter((flow) => flow[side] === "execute").reduce((sum, { cell }) => sum + cell.n, 0),
    wrong: alone - unknown === 0 ? null : { ...wrong, upper: capped },
    known,
    judged: own.filter(({ was }) => isAlone(was)).reduce((sum, { cell }) => sum + cell.judged, 0),
    unknown,
    band: { lower: wrong.lower, upper: Math.min(alone, capped + unknown) },
  };
}

function lossOf(flows: readonly Flow[], types: ReadonlyMap<string, TypeFacts>): ReplayResult["loss"] {
  const currencies = [...new Set([...types.values()].map(({ currency }) => currency))].toSorted();
  return currencies.flatMap((currency) => {
    const own = flows.filter(({ typeId }) => types.get(typeId)?.currency === currency);
    if (own.every(({ typeId }) => costless(types.get(typeId)))) return [];
    const of = (side: "was" | "would") => {
      const costs = own
        .filter((flow) => isAlone(flow[side]))
        .map((flow) => costed(wrongOf(flow, flow[side]), costOf(types.get(flow.typeId), flow[side])));
      const { value, lower, upper, unknown } = together(costs);
      return { value, lower, upper, worst: upper + unknown };
    };
    return [{ currency, now: of("was"), draft: of("would") }];
  });
}

function costless(facts: TypeFacts | undefined): boolean {
  return !facts || (facts.costWrongYes === 0 && facts.costWrongNo === 0);
}

function costOf(facts: TypeFacts | undefined, route: Route): number {
  if (!facts) return 0;
  return route === "execute" ? facts.costWrongYes : facts.costWrongNo;
}

function costed({ value, lower, upper, unknown }: Estimate, cost: number): Estimate {
  return { value: value * cost, lower: lower * cost, upper: upper * cost, unknown: unknown * cost };
}

/** Hours of review a week: reviews by type at the median time a review of that type takes. */
function hoursOf(
  flows: readonly Flow[],
  types: ReadonlyMap<string, TypeFacts>,
  weeks: number,
): ReplayResult["hours"] {
  let [was, would, unmeasured] = [0, 0, 0];
  for (const { typeId, cell, ...flow } of flows) {
    const seconds = types.get(typeId)?.handlingSeconds ?? null;
    const reviews = (flow.was === "review" ? 1 : 0) + (flow.would === "review" ? 1 : 0);
    if (seconds === null) {
      if (reviews === 1) unmeasured += cell.n;
      continue;
    }
    if (flow.was === "review") was += (cell.n * seconds) / 3600;
    if (flow.would === "review") would += (cell.n * seconds) / 3600;
  }
  return { was: was / weeks, would: would / weeks, unmeasured };
}
