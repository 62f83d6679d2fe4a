import type { Metadata } from "next";
import { TypeEditor } from "@/components/apps/type-editor";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { listConnectors } from "@/lib/apps/server/list-connectors";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { createDecisionTypeAction, updateDecisionTypeAction } from "../actions";

export const metadata: Metadata = { title: "New decision type" };

type Props = { searchParams: Promise<{ action?: string | string[] }> };

export default async function NewTypePage({ searchParams }: Props) {
  const ctx = await userContext();
  if (!roleMay(ctx.actor.role, "apps.write")) {
    return <NoPermission what="new decision types" roles={matrix["apps.write"].roles} />;
  }
  const connectors = await listConnectors(ctx, { limit: 100 });
  const { action: wanted } = await searchParams;
  const action = connectors.data.flatMap(({ actions }) => actions).find(({ id }) => id === wanted);
  return (
    <SettingsSection title="New decision type" description="It gets a queue of its own for its reviews.">
      <TypeEditor
        connectors={connectors.data}
        from={
          action && {
            id: action.id,
            name: action.name,
            argumentsSchema: action.config.arguments_schema,
          }
        }
        create={createDecisionTypeAction}
        update={updateDecisionTypeAction}
      />
    </SettingsSection>
  );
}
