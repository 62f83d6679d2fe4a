import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { DefinitionList } from "@/components/ui/definition-list";
import { Time } from "@/components/ui/time";
import type { AppView } from "@/lib/apps/views";
import { stopperOf } from "@/lib/apps/words";
import { counted } from "@/lib/kernel/counted";

type Props = { app: AppView; origin: string; type: string };

/** What an app is, what it did in the last day, and how to submit its next decision. */
export function AppOverview({ app, origin, type }: Props) {
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
      <Card aria-labelledby="overview-title">
        <CardHeader id="overview-title" title="Overview" />
        <CardBody>
          <DefinitionList
            items={[
              { term: "Key", detail: <span className="font-mono text-xs">{app.key}</span> },
              { term: "Owner", detail: app.owner_name ?? "Nobody" },
              { term: "Last 24 hours", detail: counted(app.decisions_24h, "decision") },
              { term: "Created", detail: <Time at={app.created_at} /> },
              ...stopItems(app),
            ]}
          />
        </CardBody>
      </Card>
      <Card aria-labelledby="submit-title" className="min-w-0">
        <CardHeader
          id="submit-title"
          title="Submit a decision"
          description="With a key of this app that has the scope decisions:write."
        />
        <CardBody>
          <CodeBlock label="curl" code={curlOf(app, origin, type)} />
        </CardBody>
      </Card>
    </div>
  );
}

function stopItems({ stop }: AppView) {
  if (!stop) return [];
  return [
    { term: "Stopped by", detail: stopperOf(stop) },
    { term: "Stopped", detail: <Time at={stop.changed_at ?? 0} /> },
    { term: "Reason", detail: stop.reason },
  ];
}

function curlOf(app: AppView, origin: string, type: string): string {
  const body = {
    type,
    input: { message: "I was charged twice" },
    proposal: { arguments: {} },
    confidence: 0.83,
    prompt_version: "v1",
  };
  return [
    `curl -X POST ${origin}/api/v1/decisions \\`,
    '  -H "Authorization: Bearer $COUNTERSIGN_KEY" \\',
    `  -H "Idempotency-Key: ${app.key}-0001" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '${JSON.stringify(body)}'`,
  ].join("\n");
}
