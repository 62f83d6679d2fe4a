"use server";

import { userActionContext } from "@/lib/identity/server/user-context";
import {
  CreatePrompt,
  FitVersion,
  MoveVersion,
  PromptRef,
  SaveVersion,
  UpdateDraft,
} from "@/lib/prompts/endpoints";
import { archivePrompt, restorePrompt } from "@/lib/prompts/server/archive-prompt";
import { createPrompt } from "@/lib/prompts/server/create-prompt";
import { fitVersion } from "@/lib/prompts/server/fit-version";
import { moveVersion } from "@/lib/prompts/server/move-version";
import { saveVersion } from "@/lib/prompts/server/save-version";
import { updateDraft } from "@/lib/prompts/server/update-draft";
import { action } from "@/lib/server/action";

export const createPromptAction = action(userActionContext, CreatePrompt, createPrompt);
export const saveVersionAction = action(userActionContext, SaveVersion, saveVersion);
export const updateDraftAction = action(userActionContext, UpdateDraft, updateDraft);
export const moveVersionAction = action(userActionContext, MoveVersion, moveVersion);
export const fitVersionAction = action(userActionContext, FitVersion, fitVersion);
export const archivePromptAction = action(userActionContext, PromptRef, archivePrompt);
export const restorePromptAction = action(userActionContext, PromptRef, restorePrompt);
