"use server";

import { AcceptInvitation } from "@/lib/identity/schema";
import { acceptInvitation } from "@/lib/identity/server/accept-invitation";
import { publicContext } from "@/lib/identity/server/system-context";
import { action } from "@/lib/server/action";

export const acceptInvitationAction = action(publicContext, AcceptInvitation, acceptInvitation);
