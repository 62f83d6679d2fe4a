import { notFound } from "next/navigation";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { IncidentActions } from "@/components/monitors/incident-actions";
import { ChangesPart, TimelinePart, ToldPart, VersionsPart } from "@/components/monitors/incident-parts";
import { MonitorChart } from "@/components/monitors/monitor-chart";
import { IncidentStatusBadge, MonitorStateBadge } from "@/components/monitors/state-badge";
import { ButtonLink } from "@/components/ui/button-link";
import { DefinitionList } from "@/components/ui/definition-list";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import type { IncidentDetail } from "@/lib/monitors/incidents";
import { getIncident } from "@/lib/monitors/server/get-incident";
import { acknowledgeIncidentAction, resolveIncidentAction } from "../../actions";
import { titled } from "../../../titled";

export const generateMetadata = titled(
  "Incident",
  async (ctx, { id }: { id: string }) => (await getIncident(ctx, { incident: id })).title,
);

type Props = { params: Promise<{ id: string }> };

export default async function IncidentPage({ params }: Props) {
  const ctx = await userContext();
  const { id } = await params;
  const incident = await getIncident(ctx, { incident: id }).catch(orNotFound);
  const { figure, monitor, severity, status, title, why } = incident;
  const { role } = ctx.actor;
  return (
    <Page width="wide">
      <LiveRefresh events={["incident."]} />
      <PageHeader
        back={{ href: "/alerts", label: "Alerts" }}
        title={title}
        description={why}
        badges={
          <>
            <MonitorStateBadge state={severity} />
            <IncidentStatusBadge status={status} />
          </>
        }
        actions={
          roleMay(role, "incidents.handle") ? (
            <IncidentActions
              incident={incident}
              acknowledge={acknowledgeIncidentAction}
              resolve={resolveIncidentAction}
            />
          ) : null
        }
      />
      <Facts incident={incident} />
      {figure && monitor ? (
        <MonitorChart
          monitor={monitor.id}
          metric={figure.metric}
          unit={figure.unit}
          alertAt={figure.alert_at}
          around={incident.opened_at}
        />
      ) : null}
      <div className="grid gap-4 xl:grid-cols-2">
        <ChangesPart changes={incident.changes} />
        <VersionsPart versions={incident.versions} />
        <TimelinePart timeline={incident.timeline} figure={figure} />
        <ToldPart told={incident.told} />
      </div>
    </Page>
  );
}

function Facts({ incident }: { incident: IncidentDetail }) {
  const { monitor, app, type, affected, opened_at, resolved_at, href } = incident;
  const count = `${affected.is_more ? "More than " : ""}${affected.count.toLocaleString("en")}`;
  return (
    <div className="flex flex-col gap-4">
      <DefinitionList
        items={[
          { term: "Opened", detail: <Time at={opened_at} /> },
          { term: "Over", detail: resolved_at ? <Time at={resolved_at} /> : "Not yet" },
          { term: "Of", detail: [app?.name, type?.name].filter(Boolean).join(", ") || "Everything" },
          { term: "Decisions", detail: `${count} in its time` },
        ]}
      />
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={affected.href} size="sm">
          Decisions of that time
        </ButtonLink>
        {monitor ? (
          <ButtonLink href={`/alerts/monitors/${monitor.id}`} size="sm">
            The monitor
          </ButtonLink>
        ) : null}
        {href ? (
          <ButtonLink href={href} size="sm">
            What it is about
          </ButtonLink>
        ) : null}
      </div>
    </div>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
