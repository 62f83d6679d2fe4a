"use server";

import { z } from "zod";
import { DemoControls } from "@/lib/apps/demo";
import { setDemoControls } from "@/lib/apps/server/demo-controls";
import { latestDecisions } from "@/lib/decisions/server/latest-decisions";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const setDemoControlsAction = action(userActionContext, DemoControls, (ctx, body) =>
  setDemoControls(ctx, { body }),
);

export const latestDecisionsAction = action(userActionContext, z.object({}), latestDecisions);
