import type { SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { authorize } from "@/lib/server/authorize";
import { batcherOf, type BatcherOptions } from "@/lib/server/batcher";
import type { Context } from "@/lib/server/context";
import { journalLine, type JournalEntry } from "@/lib/server/journal";
import { wasTakenBack } from "@/lib/server/problem";
import type { HeldDecision } from "./held-decision";
import { capabilityFor, moveItem, type Move } from "./move-decision";
import { moveAll, type Entitlement, type MoveItem } from "./decision-moves-sql";

/** What a move rests on besides the decision, in the same statement. */
export type Taking = {
  /** The decision as it was read. */
  held: HeldDecision;
  /** What the entitlement is told, as `i.taking -> 'with'`. */
  with: object;
  entry: JournalEntry;
  /** More of the statement, as CTEs that read `moved`; it is shared with nobody then. */
  also?: readonly SQL[];
};

export type TakeAndMove = (
  ctx: Context,
  move: Move,
  taking: Taking,
) => Promise<{ executionId: string | null } | null>;

const flushes: BatcherOptions = { inFlight: 2, batch: 64, patienceMs: 200, queue: 4096 };

/**
 * A verb that moves a decision that was only read, together with what entitles to it (a review that is taken) and its
 * entry in the journal: one statement, so that a ruling needs no transaction around it, and rulings of one moment share
 * it. The verb answers null when the decision is not what it was read as any more, or the entitlement is gone; nothing
 * is changed then.
 */
export function takeAndMoveBy(entitlement: Entitlement): TakeAndMove {
  const together = batcherOf<MoveItem, Flushed>((db, items) => moveTogether(db, items, entitlement), flushes);
  return async (ctx, move, taking) => {
    const { held, with: given, entry, also = [] } = taking;
    authorize(ctx, capabilityFor(move));
    if (!move.from.includes(held.decision_status)) return null;
    const line = journalLine(ctx, entry);
    const item = {
      ...moveItem(ctx, held, move),
      taking: { approvals: held.approvals, was: held.decision_status, with: given, line },
    };
    const flushed = also.length > 0 ? "alone" : await together(ctx.db, item);
    const isMoved =
      flushed === "alone" ? (await moveAll(ctx.db, [item], { entitlement, also }))[0] : flushed === "moved";
    return isMoved ? { executionId: item.execution?.id ?? null } : null;
  };
}

/** `alone`: to be tried by itself, with all the time and the errors that are its own. */
type Flushed = "moved" | "lost" | "alone";

/**
 * Many at once wait for nobody: what is held elsewhere, or did not move for any other reason, goes alone. So does
 * everything where the database refuses the whole. One that is away fails them all: nobody knows what was done.
 */
async function moveTogether(
  db: Database,
  items: readonly MoveItem[],
  entitlement: Entitlement,
): Promise<Flushed[]> {
  const [only] = items;
  if (items.length === 1 && only) {
    return (await moveAll(db, [only], { entitlement })).map((isMoved) => (isMoved ? "moved" : "lost"));
  }
  const firsts = new Map(items.toReversed().map((item) => [item.decision_id, item]));
  const once = [...firsts.values()];
  try {
    const moved = await moveAll(db, once, { entitlement });
    const done = new Set(once.filter((_, at) => moved[at]));
    return items.map((item) => (done.has(item) ? "moved" : "alone"));
  } catch (error) {
    if (!wasTakenBack(error)) throw error;
    return items.map(() => "alone");
  }
}
