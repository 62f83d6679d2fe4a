import type { Metadata } from "next";
import { ChangePasswordForm } from "@/components/identity/change-password-form";
import { RoleBadge } from "@/components/identity/key-badges";
import { SessionsList } from "@/components/identity/sessions-list";
import { SettingsSection } from "@/components/identity/settings-section";
import { AwayForm } from "@/components/queues/away-form";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { deviceName } from "@/lib/identity/device-name";
import { hasPassword } from "@/lib/identity/server/change-password";
import { listSessions } from "@/lib/identity/server/list-sessions";
import { userContext } from "@/lib/identity/server/user-context";
import { getPerson } from "@/lib/reviews/server/get-person";
import { changePasswordAction, endSessionAction, setAwayAction } from "./actions";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const ctx = await userContext();
  const { name, email, role } = ctx.actor;
  const [sessions, person] = await Promise.all([listSessions(ctx), getPerson(ctx)]);
  return (
    <>
      <SettingsSection title="You">
        <DefinitionList
          items={[
            { term: "Name", detail: <UntrustedInline text={name} /> },
            { term: "E-mail", detail: <UntrustedInline text={email} /> },
            { term: "Role", detail: <RoleBadge role={role} /> },
          ]}
        />
      </SettingsSection>
      {role === "reviewer" ? (
        <SettingsSection title="Availability" description="Whether reviews are kept for you.">
          <Card className="max-w-sm p-4">
            <AwayForm person="me" awayUntil={person.away_until} setAway={setAwayAction} />
          </Card>
        </SettingsSection>
      ) : null}
      <SettingsSection title="Sessions" description="Where you are signed in. End what you do not know.">
        <SessionsList
          sessions={sessions.map(({ id, userAgent, authMethod, lastSeenAt, expiresAt }) => ({
            id,
            device: deviceName(userAgent),
            method: authMethod,
            lastSeenAt: lastSeenAt.toISOString(),
            expiresAt: expiresAt.toISOString(),
            current: id === ctx.sessionId,
          }))}
          end={endSessionAction}
        />
      </SettingsSection>
      {(await hasPassword(ctx)) ? (
        <SettingsSection title="Password" description="Your other sessions end when you change it.">
          <ChangePasswordForm email={email} change={changePasswordAction} />
        </SettingsSection>
      ) : null}
    </>
  );
}
