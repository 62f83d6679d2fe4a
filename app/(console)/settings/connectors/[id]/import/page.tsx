import { notFound } from "next/navigation";
import { OpenApiImport } from "@/components/apps/openapi-import";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { ButtonLink } from "@/components/ui/button-link";
import { getConnector } from "@/lib/apps/server/get-connector";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { importOpenApiServerAction } from "../../actions";
import { titled } from "../../../../titled";

export const generateMetadata = titled(
  "Import from OpenAPI",
  async (ctx, { id }: { id: string }) => (await getConnector(ctx, { connector: id })).name,
);

type Props = { params: Promise<{ id: string }> };

export default async function ImportPage({ params }: Props) {
  const ctx = await userContext();
  if (!roleMay(ctx.actor.role, "connectors.write")) {
    return <NoPermission what="the import of actions" roles={matrix["connectors.write"].roles} />;
  }
  const { id } = await params;
  const connector = await getConnector(ctx, { connector: id }).catch((error: unknown) => {
    if (error instanceof DomainError && error.kind === "not_found") notFound();
    throw error;
  });
  if (connector.kind !== "http") notFound();
  return (
    <SettingsSection
      title="Import from OpenAPI"
      description={`Each operation you pick becomes an action of ${connector.name}, its schemas included. Adding them raises the connector's version.`}
      actions={
        <ButtonLink href={`/settings/connectors/${connector.id}`}>Back to {connector.name}</ButtonLink>
      }
    >
      <OpenApiImport
        connector={{ id: connector.id, name: connector.name }}
        read={importOpenApiServerAction}
      />
    </SettingsSection>
  );
}
