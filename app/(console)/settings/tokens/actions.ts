"use server";

import { CreatePersonalToken, KeyRef } from "@/lib/identity/schema";
import { createPersonalToken } from "@/lib/identity/server/create-key";
import { revokePersonalToken } from "@/lib/identity/server/revoke-key";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const createPersonalTokenAction = action(userActionContext, CreatePersonalToken, createPersonalToken);
export const revokePersonalTokenAction = action(userActionContext, KeyRef, revokePersonalToken);
