"use server";

import { CompleteSetup } from "@/lib/identity/schema";
import { completeSetup } from "@/lib/identity/server/complete-setup";
import { publicContext } from "@/lib/identity/server/system-context";
import { action } from "@/lib/server/action";

export const completeSetupAction = action(publicContext, CompleteSetup, completeSetup);
