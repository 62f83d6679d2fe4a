import type { ReactNode } from "react";
import { JsonView } from "@/components/ui/json-view";
import { Time } from "@/components/ui/time";
import { Badge, type Tone } from "@/components/ui/badge";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { AttemptOutcome, AttemptView } from "@/lib/execution/schema";
import { outcomeWords } from "@/lib/execution/words";

const tones: Record<AttemptOutcome, Tone> = {
  intent: "accent",
  succeeded: "approved",
  refused: "declined",
  not_sent: "idle",
  ambiguous: "escalated",
  found: "approved",
  absent: "idle",
  stale: "idle",
  accepted: "accent",
  unchanged: "approved",
  changed: "escalated",
  resolved: "approved",
};

/** All that is on record of one execution, oldest first, with what was said on both sides. */
export function AttemptTimeline({ attempts, system }: { attempts: AttemptView[]; system: string }) {
  if (attempts.length === 0) {
    return <p className="text-sm text-muted-foreground">No attempt yet: nothing was sent.</p>;
  }
  return (
    <ol className="flex flex-col gap-4">
      {attempts.map((attempt) => (
        <li key={attempt.id} className="flex flex-col gap-2 border-s-2 ps-3">
          <AttemptHead attempt={attempt} system={system} />
          {attempt.error ? (
            <p className="text-sm text-muted-foreground">
              <UntrustedInline text={attempt.error} />
            </p>
          ) : null}
          {attempt.kind === "resolution" || attempt.kind === "ledger" ? (
            <Said title={attempt.kind === "ledger" ? "On record" : "The evidence"}>
              {attempt.request === null ? null : <JsonView value={attempt.request} />}
            </Said>
          ) : (
            <BothSides attempt={attempt} system={system} />
          )}
        </li>
      ))}
    </ol>
  );
}

function BothSides({ attempt, system }: { attempt: AttemptView; system: string }) {
  const isCallback = attempt.kind === "callback";
  const status = attempt.response_status === null ? "" : ` ${attempt.response_status}`;
  return (
    <div className="grid gap-2 lg:grid-cols-2">
      <Said title={isCallback ? "Its message" : "We sent"}>
        {attempt.request === null ? null : <JsonView value={attempt.request} />}
      </Said>
      <Said title={isCallback ? `${system} said` : `${system} answered${status}`}>
        {attempt.response_body === null ? null : (
          <UntrustedText text={attempt.response_body} mono cap={1000} />
        )}
      </Said>
    </div>
  );
}

function headOf(kind: AttemptView["kind"], system: string): string {
  switch (kind) {
    case "send":
      return `Asked ${system}`;
    case "lookup":
      return `Looked it up at ${system}`;
    case "observe":
      return `Read its state at ${system}`;
    case "callback":
      return `${system} reported`;
    case "resolution":
      return "A person settled it";
    case "ledger":
      return `Compared with ${system}'s ledger`;
  }
}

function AttemptHead({ attempt, system }: { attempt: AttemptView; system: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span className="font-semibold">{headOf(attempt.kind, system)}</span>
      <Badge tone={tones[attempt.outcome]} look="outline">
        {outcomeWords[attempt.outcome]}
      </Badge>
      <Time at={attempt.started_at} className="text-muted-foreground" />
      <span className="text-xs break-all text-muted-foreground">
        Fence {attempt.fence}, by {attempt.worker}
      </span>
    </div>
  );
}

function Said({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0 overflow-x-auto rounded-control border bg-surface-2 p-2 text-xs">
      <h3 className="pb-1 font-semibold">{title}</h3>
      {children ?? <p className="text-muted-foreground">Nothing is on record.</p>}
    </section>
  );
}
