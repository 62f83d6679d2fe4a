import Link from "next/link";
import { ClassBadge } from "@/components/execution/class-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { DefinitionList } from "@/components/ui/definition-list";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ExecutionDetail } from "@/lib/execution/schema";

const link = "underline underline-offset-2 hover:text-primary-text";

/** Where an execution comes from, where it goes, and what makes sure that it is what was signed. */
export function ExecutionFacts({ execution }: { execution: ExecutionDetail }) {
  const { connector, digest, reference, next_at, settled_at } = execution;
  return (
    <Card>
      <CardHeader title="Facts" />
      <CardBody>
        <DefinitionList
          items={[
            {
              term: "Decision",
              detail: <Address href={`/decisions/${execution.decision_id}`}>See the decision</Address>,
            },
            {
              term: "Review",
              detail: execution.review_id ? (
                <Address href={`/inbox/${execution.review_id}`}>See the review</Address>
              ) : (
                "None: it was approved without a person"
              ),
            },
            {
              term: "System",
              detail: connector ? (
                <span className="flex flex-col">
                  {connector.name}
                  <ClassBadge connectorClass={connector.class} />
                </span>
              ) : (
                "None"
              ),
            },
            { term: "Attempts", detail: `${execution.attempts} of at most ${execution.max_attempts}` },
            ...(next_at ? [{ term: "Next step", detail: <Time at={next_at} /> }] : []),
            ...(settled_at ? [{ term: "Ended", detail: <Time at={settled_at} /> }] : []),
            { term: "Their reference", detail: reference ? <Mono text={reference} /> : "None yet" },
            { term: "Action key", detail: <Mono text={execution.action_key} /> },
            { term: "Fence", detail: execution.fence === 0 ? "Never claimed" : execution.fence },
            { term: "Signed digest", detail: <Mono text={digest.signed} /> },
            { term: "Recomputed now", detail: <Recomputed digest={digest} isOver={settled_at !== null} /> },
          ]}
        />
      </CardBody>
    </Card>
  );
}

function Address({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className={link}>
      {children}
    </Link>
  );
}

function Mono({ text }: { text: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <UntrustedInline text={text} className="font-mono text-xs break-all" />
      <CopyButton value={text} label="Copy" />
    </span>
  );
}

function Recomputed({ digest, isOver }: Pick<ExecutionDetail, "digest"> & { isOver: boolean }) {
  if (digest.recomputed === null) return "It cannot be recomputed";
  if (digest.recomputed === digest.signed) return "The same: what is stored is what was signed";
  // What has ended was compared when it was claimed; a connector may change after that.
  if (isOver) return "Different by now: its connector was changed since";
  return (
    <span className="text-declined-text">
      Different: something was changed after it was signed, so it is never sent
    </span>
  );
}
