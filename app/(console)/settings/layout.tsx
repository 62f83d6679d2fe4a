import type { ReactNode } from "react";
import { SettingsTabs } from "@/components/identity/settings-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { Page } from "@/components/ui/page";
import { userContext } from "@/lib/identity/server/user-context";
import { settingsPagesOf } from "@/lib/identity/settings-pages";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { actor } = await userContext();
  const pages = settingsPagesOf(actor.role).map(({ href, label }) => ({ href, label }));
  return (
    <Page width="wide">
      <PageHeader title="Settings" />
      <SettingsTabs pages={pages} />
      {children}
    </Page>
  );
}
