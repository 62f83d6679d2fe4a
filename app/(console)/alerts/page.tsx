import type { Metadata } from "next";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { IncidentsTable } from "@/components/monitors/incidents-table";
import { MonitorsTable } from "@/components/monitors/monitors-table";
import { ReadyMadeMonitors } from "@/components/monitors/ready-made";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { readyMade } from "@/lib/monitors/ready-made";
import { listIncidents } from "@/lib/monitors/server/list-incidents";
import { listMonitors } from "@/lib/monitors/server/list-monitors";
import { createMonitorAction } from "./actions";

export const metadata: Metadata = { title: "Alerts" };

type Search = {
  incidents?: string | string[];
  after?: string | string[];
  monitors_after?: string | string[];
};
type Props = { searchParams: Promise<Search> };

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

export default async function AlertsPage({ searchParams }: Props) {
  const ctx = await userContext();
  const search = await searchParams;
  const shown = search.incidents === "all" ? "all" : "live";
  const [incidents, monitors] = await Promise.all([
    listIncidents(ctx, {
      limit: 25,
      starting_after: one(search.after),
      status: shown === "live" ? "live" : undefined,
    }),
    listMonitors(ctx, { limit: 50, starting_after: one(search.monitors_after) }),
  ]);
  const mayWrite = roleMay(ctx.actor.role, "monitors.write");
  const isEmpty = monitors.data.length === 0 && search.monitors_after === undefined;
  const isFirst = monitors.data.length < readyMade.length && search.monitors_after === undefined;
  return (
    <Page>
      <LiveRefresh events={["incident.", "monitor."]} />
      <PageHeader
        title="Alerts"
        description="Figures that are watched, and what went wrong."
        actions={
          <>
            <ButtonLink href="/alerts/drift">Drift references</ButtonLink>
            {mayWrite ? (
              <ButtonLink href="/alerts/monitors/new" variant="primary">
                New monitor
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <section aria-labelledby="incidents" className="flex min-w-0 flex-col gap-3">
        <h2 id="incidents" className="text-md font-semibold">
          Incidents
        </h2>
        <LinkTabs
          label="Incidents"
          tabs={[
            { href: "/alerts", label: "Not over", current: shown === "live" },
            { href: "/alerts?incidents=all", label: "All", current: shown === "all" },
          ]}
        />
        <IncidentsTable
          incidents={incidents.data}
          shown={shown}
          nextHref={
            incidents.has_more ? `/alerts?incidents=${shown}&after=${incidents.data.at(-1)?.id}` : undefined
          }
        />
      </section>
      <section aria-labelledby="monitors" className="flex min-w-0 flex-col gap-3">
        <h2 id="monitors" className="text-md font-semibold">
          Monitors
        </h2>
        {isEmpty && mayWrite ? null : (
          <MonitorsTable
            monitors={monitors.data}
            nextHref={monitors.has_more ? `/alerts?monitors_after=${monitors.data.at(-1)?.id}` : undefined}
          />
        )}
        {isFirst && mayWrite ? (
          <ReadyMadeMonitors
            watched={monitors.data.map(({ metric }) => metric)}
            create={createMonitorAction}
          />
        ) : null}
      </section>
    </Page>
  );
}
