import type { ReactNode } from "react";
import { AppTabs } from "@/components/apps/app-tabs";
import { appPagesOf } from "@/lib/apps/app-pages";
import { userContext } from "@/lib/identity/server/user-context";

type Props = { params: Promise<{ id: string }>; children: ReactNode };

export default async function AppLayout({ params, children }: Props) {
  const { actor } = await userContext();
  const { id } = await params;
  return (
    <>
      <div className="mx-auto w-full max-w-7xl px-4 pt-2 md:px-6">
        <AppTabs app={id} pages={appPagesOf(actor.role)} />
      </div>
      {children}
    </>
  );
}
