import { setTimeout as wait } from "node:timers/promises";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { claimExecutions, type ClaimedExecution } from "./claim-executions";
import { dispatchClaimed } from "./dispatch-claimed";
import { keepLeftState } from "./left-state";
import { lookUpExecution } from "./look-up-execution";
import { returnToReview, type ReturnToReview } from "./return-to-review";
import { sharedSettling } from "./shared-settling";

export type RunnerOptions = {
  workerId: string;
  /** Sends under way at once, over all connectors. */
  capacity?: number;
  /** Sends under way at once to one connector, so that a slow one does not take every place. */
  perConnector?: number;
  leaseMs?: number;
};

/** Claims, sends and settles; `run` starts what is due and answers how much that was, `drain` waits for the rest. */
export type ExecutionRunner = { run: (ctx: Context) => Promise<number>; drain: () => Promise<void> };

/** The executor of one worker: claims in groups, sends at once outside any transaction, settles what has finished. */
export function executionRunner(options: RunnerOptions): ExecutionRunner {
  const { workerId, capacity = 128, leaseMs = 30_000 } = options;
  const perConnector = options.perConnector ?? Math.ceil((capacity * 3) / 4);
  const underWay = new Map<Promise<void>, string | null>();
  const settle = sharedSettling();

  function start(work: Promise<void>, connectorId: string | null): void {
    const held = work.finally(() => underWay.delete(held));
    underWay.set(held, connectorId);
  }

  async function run(ctx: Context): Promise<number> {
    authorize(ctx, "system.run");
    const room = capacity - underWay.size;
    // A claim for one place costs as much as one for many: wait until a group fits.
    if (room < Math.ceil(capacity / 4)) await Promise.race(underWay.keys());
    const limit = capacity - underWay.size;
    const busyConnectors = busyOf(underWay.values(), perConnector);
    const { sends, lookUps, returns, concluded } = await claimExecutions(ctx, {
      workerId,
      limit,
      leaseMs,
      busyConnectors,
    });
    for (const claimed of sends) {
      start(dispatch(ctx, claimed), claimed.connectorId);
    }
    for (const executionId of lookUps) start(lookUpQuietly(ctx, executionId), null);
    if (returns.length > 0) start(returnQuietly(ctx, returns), null);
    return sends.length + lookUps.length + returns.length + concluded;
  }

  async function dispatch(ctx: Context, claimed: ClaimedExecution): Promise<void> {
    const result = await dispatchClaimed(ctx, claimed);
    if (!result) return;
    await settle(ctx, result);
    if (claimed.watch?.observe && result.classified.status === "succeeded") {
      await keepQuietly(ctx, claimed.executionId);
    }
  }

  async function drain(): Promise<void> {
    while (underWay.size > 0) await Promise.race(underWay.keys());
  }

  return { run, drain };
}

function busyOf(connectors: Iterable<string | null>, most: number): string[] {
  const counts = new Map<string, number>();
  for (const id of connectors) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].flatMap(([id, count]) => (count >= most ? id : []));
}

async function lookUpQuietly(ctx: Context, executionId: string): Promise<void> {
  try {
    const { status } = await lookUpExecution({ ...ctx, now: new Date() }, { executionId });
    if (status === "succeeded") await keepQuietly(ctx, executionId);
  } catch (error) {
    // Somebody else was quicker: that is what the fence is for.
    if (error instanceof DomainError && error.kind === "conflict") return;
    // Its lease on the look-up runs out by itself, and somebody asks again.
    log.warn({ err: error, execution: executionId }, "a look-up failed");
  }
}

const returnTries = 3;

/**
 * One after the other: each is a small transaction of its own, and the claims that follow need the pool. What another
 * worker looks at in this moment is tried again in the next; what still is not free stays approved, and a later claim
 * finds the same.
 */
async function returnQuietly(ctx: Context, returns: readonly ReturnToReview[], tries = 1): Promise<void> {
  const busy: ReturnToReview[] = [];
  for (const each of returns) {
    try {
      if (!(await returnToReview({ ...ctx, now: new Date() }, each))) busy.push(each);
    } catch (error) {
      log.warn({ err: error, execution: each.executionId }, "an approval could not be returned");
    }
  }
  if (busy.length === 0 || tries >= returnTries) return;
  await wait(100 * tries);
  await returnQuietly(ctx, busy, tries + 1);
}

// Without it the act stands all the same; only undoing it is then not offered.
async function keepQuietly(ctx: Context, executionId: string): Promise<void> {
  try {
    await keepLeftState({ ...ctx, now: new Date() }, executionId);
  } catch (error) {
    log.warn({ err: error, execution: executionId }, "what an act left could not be read");
  }
}
