import { ClassPicture } from "@/components/apps/class-picture";
import { Card, CardBody } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import type { ConnectorView } from "@/lib/apps/views";
import { addressOf, classWords } from "@/lib/apps/words";

/** Where a connector points, how it behaves, and what an unanswered call means there. */
export function ConnectorOverview({ connector }: { connector: ConnectorView }) {
  const { config } = connector;
  return (
    <Card>
      <CardBody className="flex flex-col gap-4">
        <ClassPicture connectorClass={connector.class} />
        <DefinitionList
          items={[
            { term: "Class", detail: `${connector.class}: ${classWords[connector.class].name}` },
            {
              term: "Address",
              detail: <span className="font-mono text-xs break-all">{addressOf(config)}</span>,
            },
            { term: "Credential", detail: credentialOf(connector) },
            { term: "Time limit", detail: `${config.timeout_ms} ms a call, ${config.max_attempts} attempts` },
          ]}
        />
      </CardBody>
    </Card>
  );
}

function credentialOf({ config, has_secret }: ConnectorView): string {
  if (!("auth" in config)) return has_secret ? "Set; it is never shown" : "Not set yet";
  if (config.auth === "none") return "None";
  return `${config.auth === "bearer" ? "Bearer token" : "User name and password"}, ${has_secret ? "set; it is never shown" : "not set yet"}`;
}
