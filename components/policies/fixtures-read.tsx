import { Outcome } from "@/components/policies/fixture-card";
import { effectOrNone } from "@/components/policies/policy-words";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { FixtureInput, FixtureResult } from "@/lib/policies/views";

type Props = { fixtures: readonly FixtureInput[]; results: readonly FixtureResult[] };

/** Fixtures with what they must come to, and what they do. */
export function FixturesRead({ fixtures, results }: Props) {
  return (
    <Card aria-labelledby="fixtures-title">
      <CardHeader
        id="fixtures-title"
        title="Fixtures"
        description="Decisions made up by the author: all must pass before it is put in force."
      />
      <CardBody>
        {fixtures.length === 0 ? (
          <p className="text-sm text-muted-foreground">None yet.</p>
        ) : (
          <ul className="flex flex-col divide-y">
            {fixtures.map(({ name, decision, expect }, at) => (
              <li key={name} className="flex flex-col gap-1 py-3 text-sm first:pt-0 last:pb-0">
                <p>
                  <span className="font-semibold">{name}</span>{" "}
                  <span className="text-muted-foreground">
                    must come to: {effectOrNone(expect.effect).toLowerCase()}
                  </span>
                </p>
                <p className="font-mono text-xs wrap-anywhere text-muted-foreground">
                  {JSON.stringify(decision)}
                </p>
                <Outcome result={results[at]} />
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}
