import type { Route } from "@/lib/decisions/schema";
import { isAlone, type PastDecision, type Rerouted } from "./replay";

/** What is added up of the decisions of one type that went one way and would go another. */
export type Cell = {
  n: number;
  /** Of them, those whose truth is known because a person ruled, or an outcome came. */
  known: number;
  knownPositive: number;
  /** Of those that ran alone, the ones drawn at random and judged, by 1/propensity. */
  judged: number;
  weight: number;
  squaredWeight: number;
  positiveWeight: number;
  /** Audits there were, and are to be expected. */
  audits: number;
  wouldAudit: number;
};

/** A past decision that would now act, which did not: one of those to be opened, with its place in the draw. */
export type Flip = { place: number; id: string; was: Route; would: Route };

/** Everything a replay remembers from one part to the next, as JSON: its size does not grow with the decisions. */
export type ReplaySums = {
  /** By type id, then `was>would`. */
  cells: Record<string, Record<string, Cell>>;
  flips: { total: number; listed: Flip[] };
  /** Decisions that the draft could not be asked about as it would have been then. */
  unanswered: number;
  /** Recorded in shadow, where no policy was asked. */
  inShadow: number;
};

/** The most flips that have to be opened: with more, so many of them drawn at random. */
export const mostFlips = 50;

export function newSums(): ReplaySums {
  return { cells: {}, flips: { total: 0, listed: [] }, unanswered: 0, inShadow: 0 };
}

/** Adds one decision, in place. `seed` is the draft's: a further replay of it draws no other, easier list of flips. */
export function addPast(sums: ReplaySums, past: PastDecision, would: Rerouted, seed: string): void {
  const cell = cellOf(sums, past.typeId, `${past.route}>${would.route}`);
  cell.n += 1;
  if (past.auditDrawn) cell.audits += 1;
  cell.wouldAudit += would.audits;
  addTruth(cell, past);
  if (past.route === "shadow") sums.inShadow += 1;
  if (would.route === "execute" && past.route !== "execute") addFlip(sums, past, would, seed);
}

function cellOf({ cells }: ReplaySums, typeId: string, key: string): Cell {
  const ofType = (cells[typeId] ??= {});
  return (ofType[key] ??= {
    n: 0,
    known: 0,
    knownPositive: 0,
    judged: 0,
    weight: 0,
    squaredWeight: 0,
    positiveWeight: 0,
    audits: 0,
    wouldAudit: 0,
  });
}

function addTruth(cell: Cell, past: PastDecision): void {
  if (past.truth === null) return;
  const isPositive = past.truth === "positive";
  cell.known += 1;
  if (isPositive) cell.knownPositive += 1;
  const propensity = drawnWith(past);
  if (propensity === null) return;
  const weight = 1 / propensity;
  cell.judged += 1;
  cell.weight += weight;
  cell.squaredWeight += weight * weight;
  if (isPositive) cell.positiveWeight += weight;
}

/** The propensity of a random draw that chose it; null where none did: an outcome alone comes as it likes. */
function drawnWith({ route, truthSource, truthPi, auditDrawn, piLabel }: PastDecision): number | null {
  if (!isAlone(route)) return null;
  if (truthSource === "audit") return truthPi;
  return auditDrawn ? piLabel : null;
}

// The smallest places stay, so that the list is the same in whatever parts the decisions come.
function addFlip({ flips }: ReplaySums, { id, route }: PastDecision, would: Rerouted, seed: string): void {
  flips.total += 1;
  const { listed } = flips;
  const place = placeOf(`${seed} ${id}`);
  const last = listed.at(-1);
  if (listed.length >= mostFlips && last && place >= last.place) return;
  const at = listed.findIndex((other) => other.place > place);
  listed.splice(at === -1 ? listed.length : at, 0, { place, id, was: route, would: would.route });
  if (listed.length > mostFlips) listed.pop();
}

/** A place in [0, 2^53) that looks drawn: two 32-bit multiplicative hashes. Source: cyrb53 (bryc, public domain). */
export function placeOf(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
