import { eq } from "drizzle-orm";
import { setImmediate } from "node:timers/promises";
import { moderationAgents } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { AgentView, MeasureAgent } from "../moderation/endpoints";
import { measure, type LabelledText, type Measured } from "../moderation/measure";
import { agentWith, settingsOf } from "../moderation/settings";
import { agentRows } from "./agent-rows";
import type { StoredMeasure } from "./agent-view";
import { getAgent } from "./get-agent";
import { bornOrLocked } from "./update-agent";

/** Measures an agent at its thresholds in force on labelled texts, and keeps the counts; the texts are not kept. */
export async function measureAgent(ctx: Context, { agent: kind, cases }: MeasureAgent): Promise<AgentView> {
  authorize(ctx, "agents.write");
  if (kind === "model") {
    throw new DomainError(
      "invalid",
      "A model is measured by whoever runs it: every text would be sent to it.",
      {
        code: "validation_failed",
      },
    );
  }
  const row = (await agentRows(ctx)).get(kind);
  const version = row?.version ?? 0;
  const counts = await inParts(cases, (part) =>
    measure(agentWith(kind, version, settingsOf(kind, row?.config ?? {})), part),
  );
  const measured: StoredMeasure = { counts, version, at: ctx.now.toISOString() };
  return inTransaction(ctx, async (ctx) => {
    const { id } = await bornOrLocked(ctx, kind);
    await ctx.db.update(moderationAgents).set({ measured }).where(eq(moderationAgents.id, id));
    await record(ctx, "agent.measured", id, { kind, ...measured });
    return getAgent(ctx, { agent: kind });
  });
}

// Two thousand long texts take a second: others are served in between.
async function inParts(
  cases: readonly LabelledText[],
  count: (part: readonly LabelledText[]) => Measured,
): Promise<Measured> {
  const sum = { n: 0, tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let from = 0; from < cases.length; from += 50) {
    const part = count(cases.slice(from, from + 50));
    sum.n += part.n;
    sum.tp += part.tp;
    sum.fp += part.fp;
    sum.fn += part.fn;
    sum.tn += part.tn;
    await setImmediate();
  }
  return sum;
}
