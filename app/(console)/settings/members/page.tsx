import type { Metadata } from "next";
import { InvitationsTable } from "@/components/identity/invitations-table";
import { InviteDialog } from "@/components/identity/invite-dialog";
import { MembersTable } from "@/components/identity/members-table";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { listInvitations, listMembers } from "@/lib/identity/server/list-members";
import { userContext } from "@/lib/identity/server/user-context";
import {
  changeRoleAction,
  disableMemberAction,
  enableMemberAction,
  inviteMemberAction,
  revokeInvitationAction,
} from "./actions";

export const metadata: Metadata = { title: "Members" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function MembersPage({ searchParams }: Props) {
  const ctx = await userContext();
  const { role, id: selfId } = ctx.actor;
  if (!roleMay(role, "members.read")) {
    return <NoPermission what="Members" roles={matrix["members.read"].roles} />;
  }
  const { after } = await searchParams;
  const starting_after = typeof after === "string" ? after : undefined;
  const { rows, hasMore } = await listMembers(ctx, { limit: 50, starting_after });
  const invitations = starting_after ? [] : await listInvitations(ctx);
  const mayWrite = roleMay(role, "members.write");
  const actions = { changeRole: changeRoleAction, disable: disableMemberAction, enable: enableMemberAction };
  return (
    <>
      <SettingsSection
        title="Members"
        description="A role is one of reviewer, auditor and admin: who rules never administers, and who audits does neither."
        actions={mayWrite ? <InviteDialog invite={inviteMemberAction} /> : null}
      >
        <MembersTable
          members={rows.map(({ disabledAt, createdAt, lastSeenAt, ...member }) => ({
            ...member,
            status: disabledAt ? "disabled" : "active",
            createdAt: createdAt.toISOString(),
            lastSeenAt: lastSeenAt?.toISOString() ?? null,
          }))}
          selfId={selfId}
          actions={mayWrite ? actions : undefined}
          nextHref={hasMore ? `/settings/members?after=${rows.at(-1)?.id}` : undefined}
        />
      </SettingsSection>
      {invitations.length > 0 ? (
        <SettingsSection title="Open invitations">
          <InvitationsTable
            invitations={invitations.map((one) => ({ ...one, expiresAt: one.expiresAt.toISOString() }))}
            revoke={mayWrite ? revokeInvitationAction : undefined}
          />
        </SettingsSection>
      ) : null}
    </>
  );
}
