import type { Metadata } from "next";
import { keyItemOf } from "@/components/identity/key-item";
import { KeysTable } from "@/components/identity/keys-table";
import { NewTokenDialog } from "@/components/identity/new-key-dialog";
import { SettingsSection } from "@/components/identity/settings-section";
import { listPersonalTokens } from "@/lib/identity/server/list-keys";
import { userContext } from "@/lib/identity/server/user-context";
import { createPersonalTokenAction, revokePersonalTokenAction } from "./actions";

export const metadata: Metadata = { title: "Personal tokens" };

export default async function TokensPage() {
  const tokens = await listPersonalTokens(await userContext());
  return (
    <SettingsSection
      title="Personal tokens"
      description="With a token a program of yours calls the API as you, with your role as it is at that moment."
      actions={<NewTokenDialog create={createPersonalTokenAction} />}
    >
      <KeysTable noun="token" keys={tokens.map(keyItemOf)} revoke={revokePersonalTokenAction} />
    </SettingsSection>
  );
}
