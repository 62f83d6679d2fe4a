"use server";

import { z } from "zod";
import { userActionContext } from "@/lib/identity/server/user-context";
import { ChangeChannel, ChannelDraft, ChannelRef, DeliveryRef } from "@/lib/notices/channels";
import { Preferences } from "@/lib/notices/preferences";
import { changeChannel } from "@/lib/notices/server/change-channel";
import { createChannel } from "@/lib/notices/server/create-channel";
import { retryDelivery } from "@/lib/notices/server/retry-delivery";
import { sendTest } from "@/lib/notices/server/send-test";
import { setAppealHours } from "@/lib/notices/server/set-appeal-hours";
import { setPreferences } from "@/lib/notices/server/set-preferences";
import { action } from "@/lib/server/action";

export const setPreferencesAction = action(userActionContext, Preferences, setPreferences);

const create = action(userActionContext, ChannelDraft, createChannel);
/** Makes or changes a channel. The draft is parsed by itself, so that what is wrong is named as in its form. */
export async function saveChannelAction({ channelId, draft }: { channelId?: string; draft: ChannelDraft }) {
  if (channelId === undefined) return create(draft);
  const change = action(userActionContext, ChannelDraft, (ctx, draft) =>
    changeChannel(ctx, ChangeChannel.parse({ channelId, draft })),
  );
  return change(draft);
}

export const testChannelAction = action(userActionContext, ChannelRef, sendTest);
export const retryDeliveryAction = action(userActionContext, DeliveryRef, retryDelivery);
export const setAppealHoursAction = action(
  userActionContext,
  z.object({ hours: z.int("Whole hours").min(1, "At least one hour").max(2160, "At most 90 days") }),
  setAppealHours,
);
