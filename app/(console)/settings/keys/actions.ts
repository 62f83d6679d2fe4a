"use server";

import { CreateAppKey, KeyRef } from "@/lib/identity/schema";
import { createAppKey } from "@/lib/identity/server/create-key";
import { revokeAppKey } from "@/lib/identity/server/revoke-key";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const createAppKeyAction = action(userActionContext, CreateAppKey, createAppKey);
export const revokeAppKeyAction = action(userActionContext, KeyRef, revokeAppKey);
