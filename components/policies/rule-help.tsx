import { completions } from "@/components/policies/completions";

/** Everything a rule can ask, with what it means. */
export function RuleHelp() {
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-muted-foreground hover:text-foreground">
        What a rule can ask
      </summary>
      <dl className="mt-2 grid gap-x-4 gap-y-1 sm:grid-cols-[max-content_1fr]">
        {completions.map(({ text, note, meaning }) => (
          <div key={text} className="contents">
            <dt className="font-mono text-xs leading-5 break-all">
              {text} <span className="text-muted-foreground">{note}</span>
            </dt>
            <dd className="text-xs leading-5 text-muted-foreground max-sm:mb-1">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-xs text-muted-foreground">
        What may be absent is asked for first: has(decision.amount) &amp;&amp; decision.amount &gt; 15000.0.
        Numbers have decimals: 2.0. Windows of history go from 1m to 30d; beyond 10,000 decisions of a subject
        an answer means “at least”. What comes in at the same moment elsewhere is not counted.
      </p>
    </details>
  );
}
