import { notFound } from "next/navigation";
import { ArchiveMonitor, RotateSecret } from "@/components/monitors/monitor-actions";
import { MonitorChart } from "@/components/monitors/monitor-chart";
import { MuteMonitor } from "@/components/monitors/mute-monitor";
import { ChangeMonitorForm } from "@/components/monitors/change-monitor-form";
import { MonitorStateBadge } from "@/components/monitors/state-badge";
import { ButtonLink } from "@/components/ui/button-link";
import { DefinitionList } from "@/components/ui/definition-list";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import type { MonitorView } from "@/lib/monitors/endpoints";
import { figureText } from "@/lib/monitors/figure-text";
import { getMonitor } from "@/lib/monitors/server/get-monitor";
import {
  archiveMonitorAction,
  changeMonitorAction,
  muteMonitorAction,
  rotateSecretAction,
} from "../../actions";
import { choicesOf } from "../choices";
import { titled } from "../../../titled";

export const generateMetadata = titled(
  "Monitor",
  async (ctx, { id }: { id: string }) => (await getMonitor(ctx, { monitor: id })).name,
);

type Props = { params: Promise<{ id: string }> };

export default async function MonitorPage({ params }: Props) {
  const ctx = await userContext();
  const { id } = await params;
  const monitor = await getMonitor(ctx, { monitor: id }).catch(orNotFound);
  const mayWrite = roleMay(ctx.actor.role, "monitors.write");
  return (
    <Page width="reading">
      <PageHeader
        back={{ href: "/alerts", label: "Alerts" }}
        title={monitor.name}
        badges={
          <MonitorStateBadge
            state={monitor.state}
            enabled={monitor.enabled ? "yes" : "no"}
            value={monitor.value}
          />
        }
        actions={
          <>
            {monitor.open_incident ? (
              <ButtonLink href={`/alerts/incidents/${monitor.open_incident}`}>Open incident</ButtonLink>
            ) : null}
            {mayWrite && monitor.webhook_url !== null ? (
              <RotateSecret monitor={monitor} rotate={rotateSecretAction} />
            ) : null}
            {mayWrite ? <MuteMonitor monitor={monitor} mute={muteMonitorAction} /> : null}
            {mayWrite ? <ArchiveMonitor monitor={monitor} archive={archiveMonitorAction} /> : null}
          </>
        }
      />
      <Facts monitor={monitor} />
      <MonitorChart
        monitor={monitor.id}
        metric={monitor.metric}
        unit={monitor.unit}
        alertAt={monitor.alert_at}
      />
      {mayWrite ? (
        <ChangeMonitorForm
          key={monitor.version}
          monitor={monitor}
          choices={await choicesOf(ctx)}
          change={changeMonitorAction}
        />
      ) : null}
    </Page>
  );
}

function Facts({ monitor }: { monitor: MonitorView }) {
  const { value, unit, n, checked_at, comparator, alert_at, warn_at, muted_until } = monitor;
  const or = comparator === "above" ? "or more" : "or less";
  return (
    <DefinitionList
      items={[
        { term: "Value", detail: figureText(value, unit) },
        { term: "Out of", detail: n === null ? "nothing yet" : n.toLocaleString("en") },
        { term: "Last look", detail: checked_at ? <Time at={checked_at} /> : "Not yet: within a minute" },
        { term: "Warns at", detail: warn_at === null ? "Never" : `${figureText(warn_at, unit)} ${or}` },
        { term: "Alerts at", detail: `${figureText(alert_at, unit)} ${or}` },
        ...(muted_until ? [{ term: "Muted", detail: <MutedUntil at={muted_until} /> }] : []),
      ]}
    />
  );
}

function MutedUntil({ at }: { at: string }) {
  return (
    <>
      Nobody is told of it, until <Time at={at} />
    </>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
