import type { Metadata } from "next";
import { keyItemOf } from "@/components/identity/key-item";
import { KeysTable } from "@/components/identity/keys-table";
import { NewKeyDialog } from "@/components/identity/new-key-dialog";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { listAppKeys, listKeyApps } from "@/lib/identity/server/list-keys";
import { userContext } from "@/lib/identity/server/user-context";
import { createAppKeyAction, revokeAppKeyAction } from "./actions";

export const metadata: Metadata = { title: "API keys" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function KeysPage({ searchParams }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  if (!roleMay(role, "keys.read")) {
    return <NoPermission what="API keys" roles={matrix["keys.read"].roles} />;
  }
  const { after } = await searchParams;
  const starting_after = typeof after === "string" ? after : undefined;
  const { rows, hasMore } = await listAppKeys(ctx, { limit: 50, starting_after });
  const apps = await listKeyApps(ctx);
  const mayWrite = roleMay(role, "keys.write");
  return (
    <SettingsSection
      title="API keys"
      description="A key belongs to one app, can submit and read its decisions, and can never rule on them."
      actions={mayWrite && apps.length > 0 ? <NewKeyDialog apps={apps} create={createAppKeyAction} /> : null}
    >
      {apps.length === 0 && rows.length === 0 ? (
        <div className="rounded-card border bg-card">
          <EmptyState
            title="No apps yet"
            action={mayWrite ? <ButtonLink href="/apps">Go to Apps</ButtonLink> : undefined}
          >
            A key belongs to an app, so the app comes first.
          </EmptyState>
        </div>
      ) : (
        <KeysTable
          noun="key"
          keys={rows.map(keyItemOf)}
          revoke={mayWrite ? revokeAppKeyAction : undefined}
          nextHref={hasMore ? `/settings/keys?after=${rows.at(-1)?.id}` : undefined}
        />
      )}
    </SettingsSection>
  );
}
