"use server";

import { FlipRef, ReplayRef } from "@/lib/autonomy/replay-endpoints";
import { NewReplay } from "@/lib/autonomy/replay-views";
import { cancelReplay } from "@/lib/autonomy/server/cancel-replay";
import { createReplay } from "@/lib/autonomy/server/create-replay";
import { openFlipRecord } from "@/lib/autonomy/server/open-flip-record";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const createReplayAction = action(userActionContext, NewReplay, createReplay);
export const cancelReplayAction = action(userActionContext, ReplayRef, cancelReplay);
export const openFlipAction = action(userActionContext, FlipRef, openFlipRecord);
