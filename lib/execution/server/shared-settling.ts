import { setTimeout as wait } from "node:timers/promises";
import { Batcher, type BatcherOptions } from "@/lib/server/batcher";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { settleExecutions, type SendResult } from "./settle-executions";

type Finished = { ctx: Context; result: SendResult };

/** How often one that fails is tried; the last time about twelve seconds after the first. */
const settleTries = 5;
/** Of those that are tried alone; claims and timers need the pool too. */
const settledAtOnce = 4;
/** None is turned away, because its act is done; a group that tries again and again is not held to be hanging. */
const gathering: BatcherOptions = { inFlight: 2, batch: 256, patienceMs: 20_000, queue: Infinity };

/**
 * Group commit: whatever has finished while the last group was being written is the next group. A result that cannot be
 * written is left to the sweeper: its execution is `in_flight`, and will be `unknown`.
 */
export function sharedSettling(): (ctx: Context, result: SendResult) => Promise<void> {
  const gathered = new Batcher<Finished, "tried">(settleGroup, gathering);
  return async (ctx, result) => {
    await gathered.submit({ ctx, result });
  };
}

async function settleGroup(group: Finished[]): Promise<"tried"[]> {
  for (const own of Map.groupBy(group, ({ ctx }) => ctx.orgId).values()) await settleOwn(own);
  return group.map(() => "tried");
}

/** Results of one organisation. */
async function settleOwn(group: Finished[]): Promise<void> {
  const [first] = group;
  if (!first) return;
  const now = { ...first.ctx, now: new Date() };
  const results = group.map(({ result }) => result);
  try {
    await settleExecutions(now, results);
  } catch {
    // One row must not take its neighbours along; settling twice is harmless, because the fence decides.
    const left = results.values();
    const some = Array.from({ length: settledAtOnce }, async () => {
      for (const result of left) await settleAlone(now, result);
    });
    await Promise.all(some);
  }
}

async function settleAlone(ctx: Context, result: SendResult): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await settleExecutions(ctx, [result]);
      return;
    } catch (error) {
      if (tries >= settleTries) {
        log.error({ err: error, execution: result.executionId }, "a result could not be settled");
        return;
      }
      await wait(100 * 3 ** tries);
    }
  }
}
