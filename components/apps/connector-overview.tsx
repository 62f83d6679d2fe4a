import { ClassPicture } from "@/components/apps/class-picture";
import { Card, CardBody } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import type { ConnectorView } from "@/lib/apps/views";
import { addressOf, authWords, classWords, kindWords, percent } from "@/lib/apps/words";
import { counted } from "@/lib/kernel/counted";

/** Where a connector points, how it behaves, and what an unanswered call means there. */
export function ConnectorOverview({ connector }: { connector: ConnectorView }) {
  const { config } = connector;
  return (
    <Card>
      <CardBody className="flex flex-col gap-4">
        <ClassPicture connectorClass={connector.class} />
        <DefinitionList
          items={[
            { term: "Kind", detail: kindWords[connector.kind].name },
            { term: "Class", detail: `${connector.class}: ${classWords[connector.class].name}` },
            {
              term: "Address",
              detail: <span className="font-mono text-xs break-all">{addressOf(config)}</span>,
            },
            { term: "Credential", detail: credentialOf(connector) },
            {
              term: "Time limit",
              detail: `${config.timeout_ms / 1000} s a call, ${counted(config.max_attempts, "attempt")}`,
            },
            { term: "Pace", detail: paceOf(connector) },
            { term: "Breaker", detail: breakerOf(connector) },
          ]}
        />
      </CardBody>
    </Card>
  );
}

function credentialOf({ config, has_secret }: ConnectorView): string {
  const isSet = has_secret ? "set; it is never shown" : "not set yet";
  if (config.kind === "webhook") return `Signing secret, ${isSet}`;
  if (config.kind === "email")
    return config.username === "" ? "None" : `Password of ${config.username}, ${isSet}`;
  return config.auth === "none" ? "None" : `${authWords[config.auth]}, ${isSet}`;
}

function paceOf({ config: { concurrency, rate_per_second: rate } }: ConnectorView): string {
  const said = [
    ...(concurrency === null ? [] : [`${concurrency} at once`]),
    ...(rate === null ? [] : [`${rate} a second`]),
  ];
  return said.length === 0 ? "No limit" : said.join(", ");
}

function breakerOf({ config: { breaker } }: ConnectorView): string {
  if (!breaker) return "Stops only when somebody stops it";
  return `Stops itself when over ${percent(breaker.max_failed)} are refused or ${percent(breaker.max_unknown)} have no clear answer, of at least ${breaker.min_sends} calls in ${breaker.window_minutes} min`;
}
