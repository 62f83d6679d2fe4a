import { notFound } from "next/navigation";
import { ActionList } from "@/components/apps/action-list";
import { CallbackSecretCard } from "@/components/apps/callback-secret-card";
import { CertificationPanel } from "@/components/apps/certification-panel";
import { BreakerCard } from "@/components/apps/breaker-card";
import { ConnectorDialog } from "@/components/apps/connector-dialog";
import { ConnectorOverview } from "@/components/apps/connector-overview";
import { StopSwitch } from "@/components/apps/stop-control";
import { StopNotice } from "@/components/apps/stop-notice";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { ButtonLink } from "@/components/ui/button-link";
import { getConnector } from "@/lib/apps/server/get-connector";
import { findStop } from "@/lib/apps/server/list-stops";
import { listCertifications } from "@/lib/execution/server/list-certifications";
import { getBreaker } from "@/lib/execution/server/watch-breakers";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { resumeAction, stopAction } from "../../../apps/actions";
import {
  addActionServerAction,
  certifyServerAction,
  changeActionServerAction,
  createConnectorServerAction,
  listToolsServerAction,
  setCallbackSecretServerAction,
  updateConnectorServerAction,
} from "../actions";
import { titled } from "../../../titled";

export const generateMetadata = titled(
  "Connector",
  async (ctx, { id }: { id: string }) => (await getConnector(ctx, { connector: id })).name,
);

type Props = { params: Promise<{ id: string }> };

export default async function ConnectorPage({ params }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  if (!roleMay(role, "settings.open")) {
    return <NoPermission what="connectors" roles={matrix["settings.open"].roles} />;
  }
  const { id } = await params;
  const connector = await getConnector(ctx, { connector: id }).catch(orNotFound);
  const stop = await findStop(ctx, "connector", connector.id);
  const breaker = await getBreaker(ctx, { connector: connector.id });
  const runs = await listCertifications(ctx, { query: { connector: connector.id, limit: 100 } });
  const mayWrite = roleMay(role, "connectors.write");
  return (
    <SettingsSection
      title={connector.name}
      description={`${connector.key}, version ${connector.version}. Any change but a new credential raises the version: what was approved before no longer runs.`}
      actions={
        <span className="flex flex-wrap gap-2">
          {mayWrite ? (
            <ConnectorDialog
              key={connector.version}
              connector={connector}
              create={createConnectorServerAction}
              update={updateConnectorServerAction}
            />
          ) : null}
          {stop ? (
            <StopSwitch
              stop={stop}
              onStop={roleMay(role, "stops.stop") ? stopAction : undefined}
              onResume={roleMay(role, "stops.resume") ? resumeAction : undefined}
            />
          ) : null}
        </span>
      }
    >
      {stop ? <StopNotice stop={stop} /> : null}
      <ConnectorOverview connector={connector} />
      <BreakerCard state={breaker} />
      <CallbackSecretCard
        connectorId={connector.id}
        make={mayWrite ? setCallbackSecretServerAction : undefined}
      />
      <CertificationPanel
        connector={connector}
        runs={runs.data}
        start={certifyServerAction}
        readOnly={!roleMay(role, "connectors.certify")}
      />
      <ActionList
        connector={connector}
        add={addActionServerAction}
        change={changeActionServerAction}
        listTools={listToolsServerAction}
        readOnly={!mayWrite}
        more={
          mayWrite && connector.kind === "http" ? (
            <ButtonLink href={`/settings/connectors/${connector.id}/import`}>Import from OpenAPI</ButtonLink>
          ) : null
        }
      />
    </SettingsSection>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
