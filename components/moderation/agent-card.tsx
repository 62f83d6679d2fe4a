import { Badge } from "@/components/ui/badge";
import { Card, CardBody } from "@/components/ui/card";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { percent } from "@/lib/apps/words";
import type { AgentView, MeasuredView } from "@/lib/policies/moderation/endpoints";
import { AgentDialog, type SaveAgent } from "./agent-dialog";
import { MeasureDialog, type MeasureOwn } from "./measure-dialog";

type Props = { agent: AgentView; save?: SaveAgent; measure?: MeasureOwn };

/** One agent: what it looks for, how well it does, what it saw lately, and from which score it asks a person. */
export function AgentCard({ agent, save, measure }: Props) {
  const title = `agent-${agent.kind}`;
  return (
    <Card aria-labelledby={title}>
      <div className="flex flex-wrap items-start justify-between gap-3 px-4 pt-3">
        <div className="min-w-0 flex-1 basis-64">
          <h3 id={title} className="flex flex-wrap items-center gap-2 text-base font-semibold">
            {agent.name}
            <Badge tone={agent.enabled ? "approved" : "idle"}>{agent.enabled ? "On" : "Off"}</Badge>
          </h3>
          <p className="max-w-prose text-sm text-muted-foreground">{agent.looks_for}</p>
        </div>
        {save ? (
          <div className="flex flex-wrap gap-2">
            {measure && agent.kind !== "model" ? <MeasureDialog agent={agent} measure={measure} /> : null}
            <AgentDialog key={agent.version} agent={agent} save={save} />
          </div>
        ) : null}
      </div>
      <CardBody className="flex flex-col gap-3">
        <Figures agent={agent} />
        <details>
          <summary className="min-h-6 cursor-pointer text-sm pointer-coarse:min-h-12">
            {agent.categories.length} categories and their thresholds
          </summary>
          <Categories agent={agent} />
        </details>
      </CardBody>
    </Card>
  );
}

function Figures({ agent }: { agent: AgentView }) {
  const { floor, measured, decisions_7_days: seen } = agent;
  return (
    <div className="flex flex-col gap-1 text-sm">
      {measured.map((one) => (
        <Measured key={one.set} measured={one} />
      ))}
      {measured.length === 0 ? <p>Not measured here.</p> : null}
      {floor ? (
        <p className="text-xs text-muted-foreground">
          Released with at least {percent(floor.precision)} precision and {percent(floor.recall)} recall. It
          does not see: {lowerFirst(agent.blind_to)}
        </p>
      ) : (
        <p className="text-xs text-muted-foreground">{agent.blind_to}</p>
      )}
      <p>
        Last 7 days: found something in {seen.toLocaleString("en")} {seen === 1 ? "decision" : "decisions"}.
      </p>
      {agent.model ? (
        <p className="break-words">
          Asks {agent.model.model} at {new URL(agent.model.base_url).host} about{" "}
          {agent.model.types.join(", ")}.
        </p>
      ) : null}
    </div>
  );
}

const setWords = {
  own: "Our own cases, on which rules were also corrected: expect less elsewhere",
  yours: "Your labelled texts",
};

function Measured({ measured }: { measured: MeasuredView }) {
  const { set, n, found, precision, recall, measured_at: at } = measured;
  return (
    <p>
      <span className="font-semibold">{setWords[set]}</span> ({n} texts, {found} with something to find
      {at ? (
        <>
          , <Time at={at} />
        </>
      ) : null}
      ): precision {shareText(precision)}, recall {shareText(recall)}.
    </p>
  );
}

function shareText(share: MeasuredView["precision"]): string {
  if (!share) return "not known";
  const whole = (value: number) => Math.round(value * 100);
  return `${whole(share.value)} % (95 % interval ${whole(share.lower)} to ${whole(share.upper)} %, n = ${share.n})`;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function Categories({ agent }: { agent: AgentView }) {
  return (
    <Table caption={`Categories of ${agent.name}`} frameClassName="mt-2">
      <TableHead>
        <tr>
          <TableHeading>Category</TableHeading>
          <TableHeading align="end">Asks a person from</TableHeading>
          <TableHeading align="end">Findings, 7 days</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {agent.categories.map(({ key, name, threshold, findings_7_days: findings }) => (
          <TableRow key={key}>
            <TableCell>{name}</TableCell>
            <TableCell align="end">
              {threshold === null ? "Never: noted only" : `score ${threshold}`}
            </TableCell>
            <TableCell align="end">{findings.toLocaleString("en")}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
