import { setTimeout as wait } from "node:timers/promises";
import { Batcher } from "@/lib/server/batcher";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { settleExecutions, type SendResult } from "./settle-executions";

type Finished = { ctx: Context; result: SendResult };

const settleTries = 5;

/**
 * Group commit: whatever has finished while the last group was being written is the next group. A result that cannot be
 * written is left to the sweeper: its execution is `in_flight`, and will be `unknown`.
 */
export function sharedSettling(): (ctx: Context, result: SendResult) => Promise<void> {
  const gathered = new Batcher<Finished, "tried">(settleGroup);
  return async (ctx, result) => {
    await gathered.submit({ ctx, result });
  };
}

async function settleGroup(group: Finished[]): Promise<"tried"[]> {
  const [first] = group;
  if (!first) return [];
  const now = { ...first.ctx, now: new Date() };
  try {
    await settleExecutions(
      now,
      group.map(({ result }) => result),
    );
  } catch {
    // One row must not take its neighbours along; settling twice is harmless, because the fence decides.
    await Promise.all(group.map(({ result }) => settleAlone(now, result)));
  }
  return group.map(() => "tried");
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
