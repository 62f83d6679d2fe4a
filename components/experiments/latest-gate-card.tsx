import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { GateView } from "@/lib/experiments/experiments";
import { gateSentence, gateTones, gateWords } from "@/lib/experiments/words";

type Props = {
  /** What the gate is of. */
  name: string;
  latest: { experiment: { id: string; name: string }; finished_at: string; gate: GateView } | null;
};

/** The gate that a version met last; or that it met none. */
export function LatestGateCard({ name, latest }: Props) {
  return (
    <Card>
      <CardHeader
        title="Promotion gate"
        description={`Whether ${name} is wrong more often than what it was run beside.`}
      />
      <CardBody className="flex flex-col gap-2 text-sm">
        {latest === null ? (
          <p>
            No experiment has tried it.{" "}
            <Link href="/experiments/new" className="underline">
              Run one
            </Link>{" "}
            over a dataset before it is made active.
          </p>
        ) : (
          <>
            <p className="flex flex-wrap items-center gap-2">
              <Badge tone={gateTones[latest.gate.verdict]}>{gateWords[latest.gate.verdict]}</Badge>
              <Link href={`/experiments/${latest.experiment.id}`} className="underline">
                {latest.experiment.name}
              </Link>
              <Time at={latest.finished_at} />
            </p>
            <p>{gateSentence(latest.gate)}</p>
          </>
        )}
      </CardBody>
    </Card>
  );
}
