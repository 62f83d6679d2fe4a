import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { actorName, type Context } from "@/lib/server/context";
import { dwellNeeded, secondsLeft } from "../dwell";
import { stretch } from "../words";

/** What {@link dwellColumns} reads. */
export type DwellCase = {
  dwell_seconds: number;
  dwell_amount: number | string | null;
  dwell_value: number | string | null;
  dwell_known: boolean;
  dwell_by: string | null;
  /** Seconds since whoever holds it opened it, by the database's clock. */
  dwell_open: number | null;
};

/** Over `r` (reviews), `q` (its queue), `d` (its decision) and `t` (its type). */
export const dwellColumns = sql`q.dwell_seconds, q.dwell_amount, d.amount as dwell_value,
  (t.amount_pointer is null or (d.amount is not null and d.currency = t.currency)) as dwell_known,
  r.claimed_by as dwell_by, extract(epoch from now() - r.claimed_at)::float8 as dwell_open`;

/** How long this review needs to be open before a verdict, seconds. */
export function dwellOf(about: DwellCase): number {
  return dwellNeeded(
    { seconds: about.dwell_seconds, above: numberOf(about.dwell_amount) },
    { amount: numberOf(about.dwell_value), known: about.dwell_known },
  );
}

/**
 * Throws `too_fast`, with the seconds left, where the queue asks for a longer look at this amount than the actor has
 * had since they opened the review. Whoever never claimed it has not looked at all.
 */
export function checkDwell(ctx: Context, about: DwellCase): void {
  const mine = about.dwell_by === actorName(ctx.actor) ? about.dwell_open : null;
  const left = secondsLeft(dwellOf(about), mine);
  if (left === 0) return;
  const fix = mine === null ? "Claim it, look at it, and rule then." : "Look at it a little longer.";
  const message = `This needs ${stretch(left)} more of a look before a verdict`;
  throw new DomainError("invalid", `${message}. ${fix}`, {
    code: "too_fast",
    errors: [{ pointer: "/verdict", code: "too_fast", message, fix }],
    extra: { seconds_left: left },
  });
}

function numberOf(stored: number | string | null): number | null {
  return stored === null ? null : Number(stored);
}
