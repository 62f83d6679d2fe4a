"use server";

import { SaveKeymap } from "@/lib/identity/keymap-input";
import { saveKeymap } from "@/lib/identity/server/save-keymap";
import { userActionContext } from "@/lib/identity/server/user-context";
import { SearchWork } from "@/lib/reviews/search";
import { searchWork } from "@/lib/reviews/server/search-work";
import { action } from "@/lib/server/action";

export const saveKeymapAction = action(userActionContext, SaveKeymap, saveKeymap);
export const searchWorkAction = action(userActionContext, SearchWork, searchWork);
