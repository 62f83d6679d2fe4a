import { mostRulings } from "@/lib/reviews/server/recent-looks";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Attention } from "../attention-view";
import { handlingTimes, hoursByApp } from "./attention-handling";
import { queueAttention } from "./attention-queues";
import { thresholdAttention } from "./attention-thresholds";

/** Expected arrivals and handling time against the hours people have, queue by queue and app by app. */
export async function getAttention(ctx: Context): Promise<Attention> {
  authorize(ctx, "attention.read");
  const handling = await handlingTimes(ctx);
  const [queues, thresholds, hours] = await Promise.all([
    queueAttention(ctx, handling.queues),
    thresholdAttention(ctx, handling.types),
    hoursByApp(ctx),
  ]);
  return {
    object: "attention",
    at: ctx.now.toISOString(),
    queues,
    thresholds,
    hours_by_app: hours.map(({ id, key, name, reviews, week, month }) => ({
      app: { id, key, name },
      reviews,
      hours_7d: week,
      hours_30d: month,
    })),
    looked_at: `The newest ${mostRulings.toLocaleString("en")} rulings of 30 days, and arrivals of 7 days`,
  };
}
