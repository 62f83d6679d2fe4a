import { notFound } from "next/navigation";
import { StopSwitch } from "@/components/apps/stop-control";
import { StopNotice } from "@/components/apps/stop-notice";
import { TypeEditor } from "@/components/apps/type-editor";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { getDecisionType } from "@/lib/apps/server/get-decision-type";
import { listConnectors } from "@/lib/apps/server/list-connectors";
import { findStop } from "@/lib/apps/server/list-stops";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { resumeAction, stopAction } from "../../../apps/actions";
import { createDecisionTypeAction, updateDecisionTypeAction } from "../actions";
import { titled } from "../../../titled";

export const generateMetadata = titled(
  "Decision type",
  async (ctx, { id }: { id: string }) => (await getDecisionType(ctx, { type: id })).name,
);

type Props = { params: Promise<{ id: string }> };

export default async function TypePage({ params }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  if (!roleMay(role, "settings.open")) {
    return <NoPermission what="decision types" roles={matrix["settings.open"].roles} />;
  }
  const { id } = await params;
  const type = await getDecisionType(ctx, { type: id }).catch(orNotFound);
  const connectors = await listConnectors(ctx, { limit: 100 });
  const stop = await findStop(ctx, "type", type.id);
  return (
    <SettingsSection
      title={type.name}
      description={`${type.key}, version ${type.version}. Decisions already submitted keep what they were checked against.`}
      actions={
        stop ? (
          <StopSwitch
            stop={stop}
            onStop={roleMay(role, "stops.stop") ? stopAction : undefined}
            onResume={roleMay(role, "stops.resume") ? resumeAction : undefined}
          />
        ) : null
      }
    >
      {stop ? <StopNotice stop={stop} /> : null}
      <TypeEditor
        key={type.version}
        type={type}
        connectors={connectors.data}
        create={createDecisionTypeAction}
        update={updateDecisionTypeAction}
        readOnly={!roleMay(role, "apps.write")}
      />
    </SettingsSection>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
