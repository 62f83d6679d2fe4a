"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Answer } from "@/components/identity/use-submit";
import { effectText } from "@/components/policies/policy-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { differencesOf, type RuleDifference } from "@/lib/policies/differences";
import type { PolicyVersionView, PolicyView } from "@/lib/policies/views";
import { sentRules, storedRules } from "@/lib/policies/wire";

export type RollBackAction = (input: {
  policy: string;
  version: number;
  number: number;
}) => Promise<Answer<unknown>>;
type Queue = { id: string; name: string };
type Props = {
  policy: Pick<PolicyView, "id" | "version" | "open">;
  versions: readonly PolicyVersionView[];
  queues: readonly Queue[];
  /** Undefined: the reader may not. */
  rollBack?: RollBackAction;
};

const tones = { draft: "neutral", shadow: "review", published: "approved", retired: "idle" } as const;
const names = {
  draft: "Draft",
  shadow: "In shadow",
  published: "In force",
  retired: "Was in force",
} as const;

/** Every version, the newest first, each with what it changed. */
export function VersionsCard({ policy, versions, queues, rollBack }: Props) {
  return (
    <Card aria-labelledby="versions-title">
      <CardHeader id="versions-title" title="Versions" />
      <CardBody>
        <ol className="flex flex-col divide-y">
          {versions.map((version, at) => (
            <li key={version.id} className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
              <Heading version={version} />
              {version.note ? <p className="text-sm">“{version.note}”</p> : null}
              <Changes
                version={version}
                before={versions.slice(at + 1).find(({ published_at }) => published_at !== null)}
                queues={queues}
              />
              {rollBack && version.status === "retired" && policy.open?.status !== "shadow" ? (
                <RollBackButton policy={policy} version={version} rollBack={rollBack} />
              ) : null}
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

function Heading({ version }: { version: PolicyVersionView }) {
  const { number, status, edited_by, edited_at, published_by, published_at } = version;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <h3 className="font-semibold">Version {number}</h3>
      <Badge tone={tones[status]}>{names[status]}</Badge>
      <span className="text-muted-foreground">
        by {edited_by.name}, <Time at={edited_at} />
        {published_by && published_at ? (
          <>
            ; put in force by {published_by.name}, <Time at={published_at} />
          </>
        ) : null}
      </span>
    </div>
  );
}

type ChangesProps = {
  version: PolicyVersionView;
  before: PolicyVersionView | undefined;
  queues: readonly Queue[];
};

function Changes({ version, before, queues }: ChangesProps) {
  const differences = differencesOf(storedRules(before?.rules ?? []), storedRules(version.rules));
  if (differences.length === 0)
    return <p className="text-sm text-muted-foreground">The same rules as before.</p>;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-muted-foreground hover:text-foreground">
        {differences.length === 1 ? "One rule" : `${differences.length} rules`}{" "}
        {before ? `other than in version ${before.number}` : "to begin with"}
      </summary>
      <ul className="mt-2 flex flex-col gap-3">
        {differences.map((difference) => (
          <li key={difference.id} className="flex flex-col gap-1">
            <p>
              <span className="font-mono font-semibold">{difference.id}</span> {difference.change}
            </p>
            <Side rule={difference.before} kind="removed" queues={queues} />
            <Side rule={difference.after} kind="added" queues={queues} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Side({
  rule,
  kind,
  queues,
}: {
  rule: RuleDifference["after"];
  kind: "added" | "removed";
  queues: readonly Queue[];
}) {
  const [sent] = rule ? sentRules([rule]) : [];
  if (!sent) return null;
  const Tag = kind === "added" ? "ins" : "del";
  const look =
    kind === "added" ? "bg-approved-soft text-approved-text" : "bg-declined-soft text-declined-text";
  return (
    <Tag className={`block rounded-control px-3 py-1.5 font-mono text-xs wrap-anywhere no-underline ${look}`}>
      {kind === "added" ? "+ " : "− "}
      {sent.when} → {effectText(sent, queues)}
      {sent.message ? ` “${sent.message}”` : ""}
    </Tag>
  );
}

function RollBackButton({
  policy,
  version,
  rollBack,
}: Required<Pick<Props, "policy" | "rollBack">> & { version: PolicyVersionView }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  async function confirm() {
    const answer = await rollBack({ policy: policy.id, version: policy.version, number: version.number });
    if (!answer.ok) throw new Error(answer.error.message);
    router.refresh();
  }
  return (
    <>
      <Button size="sm" className="self-start" onClick={() => setOpen(true)}>
        Back to version {version.number}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Back to version ${version.number}`}
        description={`Its rules and fixtures become the draft${policy.open ? ", in place of what it holds now" : ""}. From there they go the way of every draft: shadow, then a second admin.`}
        confirmLabel="Make it the draft"
        onConfirm={confirm}
      />
    </>
  );
}
