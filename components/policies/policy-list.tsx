import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { standingOf, warningWords } from "@/components/policies/policy-words";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { counted } from "@/lib/kernel/counted";
import type { PolicyView } from "@/lib/policies/views";

/** Policies in the order they are asked, each with where it stands and what it did. */
export function PolicyList({ policies, appId }: { policies: readonly PolicyView[]; appId: string }) {
  return (
    <ol className="flex flex-col gap-3">
      {policies.map((policy, at) => (
        <li key={policy.id}>
          <Card className="relative flex flex-col gap-2 px-4 py-3 hover:bg-surface-2">
            <div className="flex flex-wrap items-center gap-2">
              <span className="text-sm text-muted-foreground tabular-nums">{at + 1}.</span>
              <h2 className="text-base font-semibold">
                <Link
                  href={`/apps/${appId}/policies/${policy.id}`}
                  prefetch={false}
                  className="after:absolute after:inset-0"
                >
                  {policy.name}
                </Link>
              </h2>
              {policy.app === null ? <Badge tone="accent">Every app</Badge> : null}
              {standingOf(policy).map(({ tone, text }) => (
                <Badge key={text} tone={tone}>
                  {text}
                </Badge>
              ))}
            </div>
            {policy.description ? (
              <p className="max-w-prose text-sm text-muted-foreground">{policy.description}</p>
            ) : null}
            <Did policy={policy} />
          </Card>
        </li>
      ))}
    </ol>
  );
}

function Did({ policy: { figures, open } }: { policy: PolicyView }) {
  const asked = Math.max(0, ...figures.map((figure) => figure.asked));
  const hits = figures.reduce((sum, figure) => sum + figure.hits, 0);
  const shadow = open?.status === "shadow" ? open.shadow : null;
  const warned = figures.filter(({ warning }) => warning !== null);
  return (
    <>
      <p className="text-sm tabular-nums">
        {asked === 0
          ? "No decision was held against it in seven days."
          : `Its rules held ${counted(hits, "time")} in ${counted(asked, "decision")} of seven days.`}
        {shadow && shadow.asked > 0
          ? ` In shadow it would have routed ${shadow.diverged.toLocaleString("en")} of ${shadow.asked.toLocaleString("en")} otherwise.`
          : ""}
      </p>
      {warned.map(({ rule, warning }) => (
        <p key={rule} className="flex items-start gap-2 text-sm text-review-text">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            The rule <span className="font-mono">{rule}</span> {warning ? warningWords[warning] : ""}.
          </span>
        </p>
      ))}
    </>
  );
}
