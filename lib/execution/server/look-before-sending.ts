import { sql } from "drizzle-orm";
import { changesBetween, type Change } from "@/lib/decisions/observed";
import type { JsonValue } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { backOffMs } from "../back-off";
import type { ClaimedExecution } from "./claim-executions";
import { leftStateOf, lookAgain } from "./left-state";
import { observeTarget, type Reading } from "./observe-target";
import { takeBackClaim, writeLook, type Look } from "./take-back-claim";
import type { Watch } from "./watch";

/**
 * Send it; or do not: nothing may be written now (`later`, milliseconds, with why), or somebody else decides and the
 * claim is settled already.
 */
export type Before = { to: "send" } | { to: "later"; error: string; nextInMs: number } | { to: "done" };

const send: Before = { to: "send" };
const done: Before = { to: "done" };

/**
 * Reads the target's state after the claim and before the first byte, inside the lease. Unchanged since it was
 * approved: send. Changed: back to the person who approved it, with the fields that differ. Unreadable: later, and
 * after as many looks as an execution has attempts a person is asked.
 */
export async function lookBeforeSending(
  ctx: Context,
  claimed: ClaimedExecution,
  watch: Watch,
): Promise<Before> {
  authorize(ctx, "system.run");
  const own = watch.observe ? await observeTarget(claimed.connector, watch.observe, watch.act) : null;
  const before = own ? await judge(ctx, claimed, watch, { reading: own, expected: watch.expected }) : send;
  if (before.to !== "send" || watch.undoes === null) return before;
  const undone = await lookAgain(ctx, watch.undoes);
  if (!undone) return send;
  const expected = await leftStateOf(ctx, watch.undoes);
  return judge(ctx, claimed, watch, { reading: undone, expected });
}

type Seen = { reading: Reading; expected: JsonValue };

async function judge(
  ctx: Context,
  claimed: ClaimedExecution,
  watch: Watch,
  { reading, expected }: Seen,
): Promise<Before> {
  const look = lookOf(claimed, reading);
  const { observed } = reading;
  if (observed === null)
    return unreadable(ctx, claimed, watch, { look, error: reading.error ?? "no answer" });
  // Nobody approved it beforehand: approval and dispatch are the same moment, and there is nothing to compare.
  if (expected === null) return unchanged(ctx, look, "succeeded");
  const changes = changesBetween(expected, observed);
  if (changes.length === 0) return unchanged(ctx, look, "unchanged");
  const { decisionId } = claimed;
  const changed = { code: "changed" as const, message: sentenceOf(changes), changes: changes.slice(0, 50) };
  await takeBackClaim(ctx, { ...look, decisionId, to: { changed, observed } });
  return done;
}

function lookOf({ executionId, fence, attempt }: ClaimedExecution, { request, answer }: Reading): Look {
  return { executionId, fence, attempt, request, answer };
}

async function unchanged(ctx: Context, look: Look, outcome: "succeeded" | "unchanged"): Promise<Before> {
  await writeLook(ctx, look, outcome);
  return send;
}

async function unreadable(
  ctx: Context,
  claimed: ClaimedExecution,
  watch: Watch,
  { look, error }: { look: Look; error: string },
): Promise<Before> {
  const sentence = `Not sent: what it would change cannot be read. ${error}`;
  const [row] = await rowsOf<{ looks: number }>(
    ctx.db,
    sql`select count(*)::int as looks from attempts
      where execution_id = ${claimed.executionId} and kind = 'observe' and outcome = 'ambiguous'`,
  );
  const looks = (row?.looks ?? 0) + 1;
  if (looks >= watch.maxLooks) {
    await takeBackClaim(ctx, { ...look, decisionId: claimed.decisionId, to: { dead: sentence } });
    return done;
  }
  await writeLook(ctx, look, "ambiguous");
  return { to: "later", error: sentence, nextInMs: backOffMs(looks, Math.random()) };
}

function sentenceOf(changes: readonly Change[]): string {
  const named = changes.slice(0, 3).map(({ pointer }) => pointer || "its state");
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : "";
  return `Changed since it was approved: ${named.join(", ")}${more}`;
}
