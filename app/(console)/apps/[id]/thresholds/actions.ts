"use server";

import { ProposeAutonomy } from "@/lib/autonomy/contracts";
import { proposeAutonomy } from "@/lib/autonomy/server/propose-autonomy";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const proposeAction = action(userActionContext, ProposeAutonomy, proposeAutonomy);
