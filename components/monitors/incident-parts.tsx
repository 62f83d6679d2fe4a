import Link from "next/link";
import type { ReactNode } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { figureText } from "@/lib/monitors/figure-text";
import { counted } from "@/lib/kernel/counted";
import type { IncidentDetail, Moment } from "@/lib/monitors/incidents";

type PartProps = { id: string; title: string; description?: string; children: ReactNode };

export function Part({ id, title, description, children }: PartProps) {
  return (
    <Card aria-labelledby={id} className="min-w-0">
      <CardHeader id={id} title={title} description={description} />
      <CardBody>{children}</CardBody>
    </Card>
  );
}

const nothing = "text-sm text-muted-foreground";

/** Changes shortly before: candidates for a cause. */
export function ChangesPart({ changes }: Pick<IncidentDetail, "changes">) {
  return (
    <Part
      id="changes"
      title="What changed before it?"
      description="Changes of the day before: candidates for a cause, none is proven."
    >
      {changes.length === 0 ? <p className={nothing}>Nothing that is known here was changed.</p> : null}
      <ul className="flex flex-col gap-2">
        {changes.map(({ at, what, name, href }, index) => (
          <li key={`${at}-${index}`} className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <span className="font-semibold">{what}</span>
            {href === null ? (
              <UntrustedInline text={name} />
            ) : (
              <Link href={href} className="text-primary-text underline">
                <UntrustedInline text={name} />
              </Link>
            )}
            <span className="text-xs text-muted-foreground">
              <Time at={at} />
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** Which models and prompts made the decisions of that time. */
export function VersionsPart({ versions }: Pick<IncidentDetail, "versions">) {
  return (
    <Part
      id="versions"
      title="Which versions were at work?"
      description="Of the newest 5,000 decisions of that time at most."
    >
      {versions.length === 0 ? (
        <p className={nothing}>There were no decisions in that time.</p>
      ) : (
        <Table caption="Versions">
          <TableHead>
            <TableRow>
              <TableHeading>Model</TableHeading>
              <TableHeading>Prompt</TableHeading>
              <TableHeading align="end">Decisions</TableHeading>
              <TableHeading>First seen</TableHeading>
            </TableRow>
          </TableHead>
          <tbody>
            {versions.map(({ model, prompt_version, decisions, first_at }) => (
              <TableRow key={`${model}-${prompt_version}`}>
                <TableCell>{model === null ? "unnamed" : <UntrustedInline text={model} />}</TableCell>
                <TableCell>
                  {prompt_version === null ? "unnamed" : <UntrustedInline text={prompt_version} />}
                </TableCell>
                <TableCell align="end">{decisions.toLocaleString("en")}</TableCell>
                <TableCell>
                  <Time at={first_at} />
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
    </Part>
  );
}

const did: Record<Moment["did"], string> = {
  opened: "Opened",
  again: "Came back; nobody was told again",
  acknowledged: "Acknowledged",
  resolved: "Resolved",
  over: "Over by itself",
};

export function TimelinePart({ timeline, figure }: Pick<IncidentDetail, "timeline" | "figure">) {
  return (
    <Part id="timeline" title="What happened?">
      <ol className="flex flex-col gap-3">
        {timeline.map(({ at, did: what, by, value, note }, index) => (
          <li key={`${at}-${index}`} className="text-sm">
            <span className="font-semibold">{did[what]}</span>
            {by === null ? null : (
              <>
                {" "}
                by <UntrustedInline text={by} />
              </>
            )}
            {figure && value !== null ? ` at ${figureText(value, figure.unit)}` : null}{" "}
            <span className="text-xs text-muted-foreground">
              <Time at={at} />
            </span>
            {note === null ? null : (
              <p className="text-muted-foreground">
                <UntrustedInline text={note} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </Part>
  );
}

type Told = IncidentDetail["told"][number];
const statuses: Record<Told["status"], [Tone, string]> = {
  pending: ["review", "Waiting"],
  sent: ["approved", "Delivered"],
  failed: ["declined", "Not delivered"],
  cancelled: ["idle", "Left out"],
  read: ["approved", "Read"],
  unread: ["idle", "Not read"],
};
const ways: Record<Told["kind"], string> = {
  bell: "Bell",
  email: "Mail",
  slack: "Webhook",
  webhook: "Signed webhook",
};

/** Who was told, and whether it arrived. */
export function ToldPart({ told }: Pick<IncidentDetail, "told">) {
  return (
    <Part id="told" title="Who was told?">
      {told.length === 0 ? <p className={nothing}>Nobody, of this incident itself.</p> : null}
      <ul className="flex flex-col gap-2">
        {told.map(({ kind, name, status, error, attempts, next_at, at }, index) => (
          <li key={`${kind}-${name}-${at}-${index}`} className="flex flex-wrap items-center gap-x-2 text-sm">
            <Badge tone={statuses[status][0]}>{statuses[status][1]}</Badge>
            <span>
              {ways[kind]}, <UntrustedInline text={name} />
            </span>
            <span className="text-xs text-muted-foreground">
              <Time at={at} />
              {attempts > 1 || error !== null ? `, ${counted(attempts, "try", "tries")}` : null}
              {next_at !== null && attempts > 0 ? (
                <>
                  , again <Time at={next_at} />
                </>
              ) : null}
            </span>
            {error === null ? null : (
              <span className="basis-full text-xs text-declined-text">
                <UntrustedInline text={error} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}
