import type { Comparator, MonitorState } from "./vocabulary";

/** What a monitor goes by. `hysteresis` is in the metric's unit, cooldown in milliseconds. */
export type Rules = {
  comparator: Comparator;
  /** Null: it never warns. */
  warnAt: number | null;
  alertAt: number;
  minN: number;
  forLooks: number;
  hysteresis: number;
  cooldownMs: number;
};

/** Where a monitor stands: `streak` looks in a row saw `pending`, or agreed with `state` while that is null. */
export type Watch = {
  state: MonitorState;
  pending: MonitorState | null;
  streak: number;
  /** When people were last told of a warning, and when the newest incident opened; milliseconds since 1970. */
  warnedMs: number | null;
  alertedMs: number | null;
};

/** A look's figure; `value` null where it cannot be computed. */
export type Reading = { value: number | null; n: number };

/**
 * What a look asks for. `alert`: an incident opens, or the one that is open becomes worse; `warn` and `no_data`: told;
 * `recovered`: all has been well for long enough, and an open incident is over. `tell` is no while a cooldown lasts.
 */
export type Outcome = { kind: "alert" | "warn" | "no_data" | "recovered"; tell: "yes" | "no" };

/** So many looks in a row without a figure, and the monitor has none. */
export const looksToNoData = 5;
/** So many looks in a row without a figure, and people are told: it watches nothing. An hour at one look a minute. */
export const looksToSayNoData = 60;
/** So many good looks in a row, and an incident is over. */
export const looksToRecover = 5;

const rank = { ok: 0, warning: 1, alert: 2 } as const;
type Level = keyof typeof rank;

/** One look at a figure: where the monitor stands now, and what is to be done. Pure. */
export function watch(
  rules: Rules,
  before: Watch,
  reading: Reading,
  nowMs: number,
): { after: Watch; outcome: Outcome | null } {
  const seen = levelOf(rules, before.state, reading);
  if (seen === before.state) return stay(before);
  const pending = nextPending(before, seen);
  const streak = isSameTurn(before, seen) ? before.streak + 1 : 1;
  const needed = seen === "no_data" ? Math.max(looksToNoData, rules.forLooks) : rules.forLooks;
  if (streak < needed) return { after: { ...before, pending, streak }, outcome: null };
  return moved(rules, before, pending, nowMs);
}

/** What a figure is, for a monitor in this state: leaving a level takes the hysteresis, entering it does not. */
export function levelOf(
  { comparator, warnAt, alertAt, minN, hysteresis }: Rules,
  state: MonitorState,
  { value, n }: Reading,
): MonitorState {
  if (value === null || !Number.isFinite(value) || n < minN) return "no_data";
  const sign = comparator === "above" ? 1 : -1;
  const isBeyond = (limit: number, slack: number) => sign * (value - limit) >= -slack;
  if (isBeyond(alertAt, state === "alert" ? hysteresis : 0)) return "alert";
  if (warnAt === null) return "ok";
  return isBeyond(warnAt, state === "alert" || state === "warning" ? hysteresis : 0) ? "warning" : "ok";
}

function stay(before: Watch): { after: Watch; outcome: Outcome | null } {
  const streak = before.pending === null ? before.streak + 1 : 1;
  const after = { ...before, pending: null, streak };
  if (before.state === "ok" && streak === looksToRecover)
    return { after, outcome: { kind: "recovered", tell: "yes" } };
  if (before.state === "no_data" && streak === looksToSayNoData)
    return { after, outcome: { kind: "no_data", tell: "yes" } };
  return { after, outcome: null };
}

const isLevel = (state: MonitorState): state is Level => state !== "no_data";

/** Looks that go the same way from the state add up, whichever level each of them sees. */
function isSameTurn({ state, pending }: Watch, seen: MonitorState): boolean {
  if (pending === null) return false;
  if (!isLevel(seen) || !isLevel(pending)) return seen === pending;
  if (!isLevel(state)) return true;
  return Math.sign(rank[seen] - rank[state]) === Math.sign(rank[pending] - rank[state]);
}

/** Of looks that go one way, the one that is nearest to where the monitor stands: all of them went so far at least. */
function nextPending(before: Watch, seen: MonitorState): MonitorState {
  const { state, pending } = before;
  if (pending === null || !isSameTurn(before, seen) || !isLevel(seen) || !isLevel(pending)) return seen;
  const from = isLevel(state) ? rank[state] : rank.ok;
  return Math.abs(rank[seen] - from) < Math.abs(rank[pending] - from) ? seen : pending;
}

function moved(
  { cooldownMs }: Rules,
  before: Watch,
  state: MonitorState,
  nowMs: number,
): { after: Watch; outcome: Outcome | null } {
  const after: Watch = { ...before, state, pending: null, streak: 1 };
  const isQuiet = (lastMs: number | null) => lastMs !== null && nowMs - lastMs < cooldownMs;
  if (state === "alert") {
    // A warning just before silences no alert; only another alert does.
    if (isQuiet(before.alertedMs)) return { after, outcome: { kind: "alert", tell: "no" } };
    return { after: { ...after, alertedMs: nowMs }, outcome: { kind: "alert", tell: "yes" } };
  }
  if (state !== "warning" || before.state === "alert") return { after, outcome: null };
  if (isQuiet(before.warnedMs) || isQuiet(before.alertedMs))
    return { after, outcome: { kind: "warn", tell: "no" } };
  return { after: { ...after, warnedMs: nowMs }, outcome: { kind: "warn", tell: "yes" } };
}
