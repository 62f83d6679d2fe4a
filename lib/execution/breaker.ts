import type { Breaker } from "@/lib/apps/schema";

/** What became of a connector's recent sends. */
export type SendFigures = {
  sends: number;
  /** Refused, or never written because the system could not be reached. */
  failed: number;
  /** No clear answer. */
  unknown: number;
};

/** A breaker as it stands: its limits, what it counted since it last closed, and whether its connector is stopped. */
export type BreakerState = { breaker: Breaker; figures: SendFigures; isOpen: boolean };

/** Why a connector should stop itself, in figures; null while it is within its limits or too little is known. */
export function breakerReason(breaker: Breaker, { sends, failed, unknown }: SendFigures): string | null {
  if (sends < breaker.min_sends) return null;
  if (unknown / sends > breaker.max_unknown) {
    return `${unknown} of the last ${sends} sends had no clear answer (${shareOf(unknown, sends, breaker.max_unknown)})`;
  }
  if (failed / sends > breaker.max_failed) {
    return `${failed} of the last ${sends} sends failed (${shareOf(failed, sends, breaker.max_failed)})`;
  }
  return null;
}

function shareOf(part: number, whole: number, limit: number): string {
  return `${percent(part / whole)}, limit ${percent(limit)}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
