"use server";

import { CreateApp, SetAutonomy, StopInput, UpdateApp } from "@/lib/apps/inputs";
import { CloseRaise, ProposeRaise, RaiseRef } from "@/lib/apps/raises";
import { closeRaise } from "@/lib/apps/server/close-raise";
import { createApp } from "@/lib/apps/server/create-app";
import { proposeRaise } from "@/lib/apps/server/propose-raise";
import { resume } from "@/lib/apps/server/resume";
import { setAutonomy } from "@/lib/apps/server/set-autonomy";
import { signRaise } from "@/lib/apps/server/sign-raise";
import { stop } from "@/lib/apps/server/stop";
import { updateApp } from "@/lib/apps/server/update-app";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const createAppAction = action(userActionContext, CreateApp, createApp);
export const updateAppAction = action(userActionContext, UpdateApp, updateApp);
export const setAutonomyAction = action(userActionContext, SetAutonomy, setAutonomy);
export const proposeRaiseAction = action(userActionContext, ProposeRaise, proposeRaise);
export const signRaiseAction = action(userActionContext, RaiseRef, signRaise);
export const closeRaiseAction = action(userActionContext, CloseRaise, closeRaise);
export const stopAction = action(userActionContext, StopInput, stop);
export const resumeAction = action(userActionContext, StopInput, resume);
