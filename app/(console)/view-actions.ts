"use server";

import { ChangeView, SaveView, ViewRef } from "@/lib/identity/saved-views";
import { changeView } from "@/lib/identity/server/change-view";
import { deleteView } from "@/lib/identity/server/delete-view";
import { saveView } from "@/lib/identity/server/save-view";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const saveViewAction = action(userActionContext, SaveView, saveView);
export const changeViewAction = action(userActionContext, ChangeView, changeView);
export const deleteViewAction = action(userActionContext, ViewRef, deleteView);
