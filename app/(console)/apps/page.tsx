import type { Metadata } from "next";
import { AppsTable } from "@/components/apps/apps-table";
import { NewAppDialog } from "@/components/apps/new-app-dialog";
import { StopButton } from "@/components/apps/stop-control";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { listApps } from "@/lib/apps/server/list-apps";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { createAppAction, stopAction } from "./actions";

export const metadata: Metadata = { title: "Apps" };

type Props = { searchParams: Promise<{ after?: string | string[]; archived?: string | string[] }> };

export default async function AppsPage({ searchParams }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  const { after, archived } = await searchParams;
  const starting_after = typeof after === "string" ? after : undefined;
  const apps = await listApps(ctx, { limit: 50, starting_after, archived: archived === "1" });
  const create = roleMay(role, "apps.write") ? createAppAction : undefined;
  return (
    <Page width="wide">
      <PageHeader
        title="Apps"
        description="The LLM apps that submit decisions, and how far each may act alone."
        actions={
          <>
            {roleMay(role, "stops.stop") ? (
              <StopButton target={{ scope: "global" }} stop={stopAction} />
            ) : null}
            {create ? <NewAppDialog create={create} /> : null}
          </>
        }
      />
      <AppsTable
        apps={apps.data}
        create={create}
        nextHref={apps.has_more ? `/apps?after=${apps.data.at(-1)?.id}` : undefined}
      />
    </Page>
  );
}
