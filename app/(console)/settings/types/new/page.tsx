import type { Metadata } from "next";
import { TypeEditor } from "@/components/apps/type-editor";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { listConnectors } from "@/lib/apps/server/list-connectors";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { createDecisionTypeAction, updateDecisionTypeAction } from "../actions";

export const metadata: Metadata = { title: "New decision type" };

export default async function NewTypePage() {
  const ctx = await userContext();
  if (!roleMay(ctx.actor.role, "apps.write")) {
    return <NoPermission what="new decision types" roles={matrix["apps.write"].roles} />;
  }
  const connectors = await listConnectors(ctx, { limit: 100 });
  return (
    <SettingsSection title="New decision type" description="It gets a queue of its own for its reviews.">
      <TypeEditor
        connectors={connectors.data}
        create={createDecisionTypeAction}
        update={updateDecisionTypeAction}
      />
    </SettingsSection>
  );
}
