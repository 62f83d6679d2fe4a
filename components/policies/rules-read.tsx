import { effectText, effectTones, warningWords } from "@/components/policies/policy-words";
import { Badge } from "@/components/ui/badge";
import type { PolicyVersionView, RuleFigures } from "@/lib/policies/views";

type Props = {
  version: Pick<PolicyVersionView, "rules">;
  /** Undefined: nobody counts this version. */
  figures?: readonly RuleFigures[];
  queues: readonly { id: string; name: string }[];
};

/** Rules as they stand, each with what it did in seven days. */
export function RulesRead({ version, figures, queues }: Props) {
  if (version.rules.length === 0)
    return <p className="text-sm text-muted-foreground">It has no rule: it asks for nothing.</p>;
  return (
    <ol className="flex flex-col divide-y">
      {version.rules.map((rule) => (
        <li key={rule.id} className="flex flex-col gap-1.5 py-3 first:pt-0 last:pb-0">
          <div className="flex flex-wrap items-center gap-2">
            <span className="font-mono text-sm font-semibold">{rule.id}</span>
            <Badge tone={effectTones[rule.effect]}>{effectText(rule, queues)}</Badge>
          </div>
          <pre
            className="overflow-x-auto rounded-control bg-surface-2 px-3 py-2 font-mono text-xs whitespace-pre-wrap"
            tabIndex={0}
          >
            {rule.when}
          </pre>
          {rule.message ? <p className="text-sm text-muted-foreground">“{rule.message}”</p> : null}
          {figures ? <Figures figures={figures.find((each) => each.rule === rule.id)} /> : null}
        </li>
      ))}
    </ol>
  );
}

function Figures({ figures }: { figures: RuleFigures | undefined }) {
  if (!figures || figures.asked === 0)
    return <p className="text-xs text-muted-foreground">Not asked in seven days</p>;
  const { asked, hits, failed, warning } = figures;
  return (
    <p className="text-xs text-muted-foreground tabular-nums">
      Held for {hits.toLocaleString("en")} of {asked.toLocaleString("en")} in seven days
      {failed > 0 ? `, could not be evaluated for ${failed.toLocaleString("en")}` : ""}.
      {warning ? <span className="font-semibold text-review-text"> It {warningWords[warning]}.</span> : null}
    </p>
  );
}
