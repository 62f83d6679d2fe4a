import type { Metadata } from "next";
import { ConnectorDialog } from "@/components/apps/connector-dialog";
import { ConnectorsTable } from "@/components/apps/connectors-table";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { listConnectors } from "@/lib/apps/server/list-connectors";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { createConnectorServerAction, updateConnectorServerAction } from "./actions";

export const metadata: Metadata = { title: "Connectors" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function ConnectorsPage({ searchParams }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  if (!roleMay(role, "settings.open")) {
    return <NoPermission what="connectors" roles={matrix["settings.open"].roles} />;
  }
  const { after } = await searchParams;
  const starting_after = typeof after === "string" ? after : undefined;
  const connectors = await listConnectors(ctx, { limit: 50, starting_after });
  return (
    <SettingsSection
      title="Connectors"
      description="The typed doors to the company's systems. How a system treats a repeated call decides what an unanswered one means."
      actions={
        roleMay(role, "connectors.write") ? (
          <ConnectorDialog create={createConnectorServerAction} update={updateConnectorServerAction} />
        ) : null
      }
    >
      <ConnectorsTable
        connectors={connectors.data}
        nextHref={
          connectors.has_more ? `/settings/connectors?after=${connectors.data.at(-1)?.id}` : undefined
        }
      />
    </SettingsSection>
  );
}
