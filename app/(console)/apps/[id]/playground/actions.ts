"use server";

import { userActionContext } from "@/lib/identity/server/user-context";
import { TryPrompts } from "@/lib/prompts/run-endpoints";
import { tryPrompts } from "@/lib/prompts/server/try-prompts";
import { action } from "@/lib/server/action";

export const tryPromptsAction = action(userActionContext, TryPrompts, tryPrompts);
