"use server";

import { ChangePassword, SessionRef } from "@/lib/identity/schema";
import { changePassword } from "@/lib/identity/server/change-password";
import { endSession } from "@/lib/identity/server/end-session";
import { userActionContext } from "@/lib/identity/server/user-context";
import { SetAway } from "@/lib/reviews/passing";
import { setAway } from "@/lib/reviews/server/set-away";
import { action } from "@/lib/server/action";

export const endSessionAction = action(userActionContext, SessionRef, endSession);
export const changePasswordAction = action(userActionContext, ChangePassword, changePassword);
export const setAwayAction = action(userActionContext, SetAway, setAway);
