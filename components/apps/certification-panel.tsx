"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CertificationChecks } from "@/components/apps/certification-checks";
import { CertifyDialog, type StartCertify } from "@/components/apps/certify-dialog";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { ConnectorActionView, ConnectorView } from "@/lib/apps/views";
import type { CertificationView } from "@/lib/execution/certification";
import type { List } from "@/lib/kernel/list";

type Props = {
  connector: ConnectorView;
  /** The latest runs, newest first, as the page was made. */
  runs: CertificationView[];
  start: StartCertify;
  readOnly?: boolean;
};

const pollMs = 1000;
const keyOf = (connectorId: string) => ["certifications", connectorId];

async function readRuns(connectorId: string): Promise<CertificationView[]> {
  const query = new URLSearchParams({ connector: connectorId, limit: "100" });
  const response = await fetch(`/api/v1/certifications?${query}`);
  if (!response.ok) throw new Error("The certification runs cannot be read");
  const list = (await response.json()) as List<CertificationView>; // the endpoint's contract
  return list.data;
}

/** Per action, what its latest certification run proved, and the way to run another. */
export function CertificationPanel({ connector, runs, start, readOnly }: Props) {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: keyOf(connector.id),
    queryFn: () => readRuns(connector.id),
    initialData: runs,
    staleTime: pollMs,
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === "running") ? pollMs : false),
  });
  const added = (run: CertificationView) =>
    client.setQueryData<CertificationView[]>(keyOf(connector.id), (known = []) => [run, ...known]);
  return (
    <Card aria-labelledby="certification">
      <CardHeader
        id="certification"
        title="Certification"
        description={`Calls the system to prove what class ${connector.class} claims. What it is asked is carried out: point the connector at a sandbox.`}
      />
      <CardBody className="flex flex-col gap-6">
        {connector.actions.length === 0 ? (
          <p className="text-sm text-muted-foreground">Add an action first.</p>
        ) : null}
        {connector.actions.map((action) => (
          <ActionRuns
            key={action.id}
            {...{ connector, action, start, added, readOnly }}
            latest={data.find((run) => run.action_id === action.id)}
          />
        ))}
      </CardBody>
    </Card>
  );
}

type ActionProps = Pick<Props, "connector" | "start" | "readOnly"> & {
  action: ConnectorActionView;
  latest: CertificationView | undefined;
  added: (run: CertificationView) => void;
};

function ActionRuns({ connector, action, latest, start, added, readOnly }: ActionProps) {
  return (
    <section aria-label={action.name} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 className="text-sm font-semibold">{action.name}</h3>
        <RunBadges latest={latest} version={connector.version} />
        {readOnly ? null : (
          <div className="ms-auto">
            <CertifyDialog
              connector={connector}
              action={action}
              latest={latest}
              start={start}
              onStarted={added}
            />
          </div>
        )}
      </div>
      {latest ? <CertificationChecks run={latest} system={connector.name} /> : null}
    </section>
  );
}

const words = { running: "Running", passed: "Passed", failed: "Failed" } as const;
const tones = { running: "accent", passed: "approved", failed: "declined" } as const;

function RunBadges({ latest, version }: { latest: CertificationView | undefined; version: number }) {
  if (!latest) return <Badge tone="idle">Not certified</Badge>;
  return (
    <>
      <Badge tone={tones[latest.status]}>{words[latest.status]}</Badge>
      {latest.stale ? (
        <Badge tone="escalated">
          Stale: of version {latest.connector_version}, now {version}
        </Badge>
      ) : null}
      <span className="text-xs text-muted-foreground">
        <Time at={latest.finished_at ?? latest.created_at} />
        {latest.requested_by_name ? `, by ${latest.requested_by_name}` : null}
      </span>
    </>
  );
}
