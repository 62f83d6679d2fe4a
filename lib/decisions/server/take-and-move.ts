import type { SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { authorize } from "@/lib/server/authorize";
import { Batcher, type BatcherOptions } from "@/lib/server/batcher";
import type { Context } from "@/lib/server/context";
import { journalLine, type JournalEntry } from "@/lib/server/journal";
import { wasTakenBack } from "@/lib/server/problem";
import type { HeldDecision } from "./held-decision";
import { capabilityFor, moveItem, type Move } from "./move-decision";
import { moveAll, type MoveItem } from "./move-sql";

/** What a move rests on besides the decision, in the same statement. */
export type Taking = {
  /** The decision as it was read. */
  held: HeldDecision;
  /** What the update that entitles to it is told, as `i.taking -> 'with'`. */
  with: object;
  entry: JournalEntry;
  /** More of the statement, as CTEs that read `moved`. */
  also?: readonly SQL[];
};

export type TakeAndMove = (
  ctx: Context,
  move: Move,
  taking: Taking,
) => Promise<{ executionId: string | null } | null>;

/** A lock that somebody else holds makes a flush wait: for so long it keeps others from going their own way. */
const flushes: BatcherOptions = { inFlight: 2, batch: 64, patienceMs: 200, queue: 4096 };

/**
 * A verb that moves a decision that was only read, together with what entitles to it (a review that is taken) and its
 * entry in the journal: one statement, so that a ruling needs no transaction around it, and rulings of one moment share
 * it. `update` is the entitlement, as moveAll has it. The verb answers null when the decision is not what it was read as
 * any more, or the entitlement is gone; nothing is changed then.
 */
export function takeAndMoveBy(update: SQL): TakeAndMove {
  const batchers = new WeakMap<Database, Batcher<MoveItem, Moved>>();
  const shared = (db: Database): Batcher<MoveItem, Moved> => {
    const known =
      batchers.get(db) ?? new Batcher<MoveItem, Moved>((items) => moveEach(db, items, update), flushes);
    batchers.set(db, known);
    return known;
  };
  return async (ctx, move, taking) => {
    const { held, with: told, entry, also = [] } = taking;
    authorize(ctx, capabilityFor(move));
    if (!move.from.includes(held.decision_status)) return null;
    const item = {
      ...moveItem(ctx, held, move),
      taking: {
        approvals: held.approvals,
        was: held.decision_status,
        with: told,
        line: journalLine(ctx, entry),
      },
    };
    const isMoved =
      also.length > 0
        ? (await moveAll(ctx.db, [item], { update, also }))[0]
        : unwrap(await shared(ctx.db).submit(item));
    return isMoved ? { executionId: item.execution?.id ?? null } : null;
  };
}

type Moved = { isMoved: boolean } | { error: unknown };

function unwrap(moved: Moved): boolean {
  if ("error" in moved) throw moved.error;
  return moved.isMoved;
}

// What the database refuses of one must not fail its neighbours: each goes alone then. A database that is away, where
// nobody knows what was done, fails them all.
async function moveEach(db: Database, items: MoveItem[], update: SQL): Promise<Moved[]> {
  try {
    return (await moveAll(db, items, { update })).map((isMoved) => ({ isMoved }));
  } catch (error) {
    if (items.length === 1 || !wasTakenBack(error)) throw error;
    const alone: Moved[] = [];
    for (const item of items) alone.push(await moveAlone(db, item, update));
    return alone;
  }
}

async function moveAlone(db: Database, item: MoveItem, update: SQL): Promise<Moved> {
  try {
    const [isMoved = false] = await moveAll(db, [item], { update });
    return { isMoved };
  } catch (error) {
    return { error };
  }
}
