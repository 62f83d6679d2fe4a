"use server";

import { userActionContext } from "@/lib/identity/server/user-context";
import { GoldRef, MarkGold, QueueRef } from "@/lib/reviews/measures";
import { markGold } from "@/lib/reviews/server/mark-gold";
import { retireGold } from "@/lib/reviews/server/retire-gold";
import { action } from "@/lib/server/action";

export const markGoldAction = action(
  userActionContext,
  QueueRef.extend(MarkGold.shape),
  (ctx, { queue, ...body }) => markGold(ctx, { params: { queue }, body }),
);
export const retireGoldAction = action(userActionContext, GoldRef, (ctx, params) =>
  retireGold(ctx, { params }),
);
