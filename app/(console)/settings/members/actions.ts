"use server";

import { ChangeRole, InvitationRef, InviteMember, MemberRef } from "@/lib/identity/schema";
import { changeRole } from "@/lib/identity/server/change-role";
import { disableMember, enableMember } from "@/lib/identity/server/disable-member";
import { inviteMember } from "@/lib/identity/server/invite-member";
import { revokeInvitation } from "@/lib/identity/server/revoke-invitation";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const inviteMemberAction = action(userActionContext, InviteMember, inviteMember);
export const revokeInvitationAction = action(userActionContext, InvitationRef, revokeInvitation);
export const changeRoleAction = action(userActionContext, ChangeRole, changeRole);
export const disableMemberAction = action(userActionContext, MemberRef, disableMember);
export const enableMemberAction = action(userActionContext, MemberRef, enableMember);
