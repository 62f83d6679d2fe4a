import { intervalText } from "@/components/autonomy/contracts-card";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ContractView, EvidenceView, ThresholdView } from "@/lib/autonomy/views";
import { thresholdText } from "@/lib/autonomy/threshold-text";
import { percentText } from "@/lib/autonomy/words";

/** What the evidence of the certification period says of each threshold, from strict to permissive. */
export function EvidenceCard({ contract }: { contract: ContractView }) {
  const { evidence } = contract;
  return (
    <Card aria-labelledby="evidence-title">
      <CardHeader
        id="evidence-title"
        title="Evidence by threshold"
        description={
          evidence.folded_at ? (
            <>
              As of <Time at={evidence.folded_at} />, in the order of decisions. {contract.next_step}
            </>
          ) : (
            contract.next_step
          )
        }
      />
      <CardBody>
        <p className="mb-3 text-sm text-muted-foreground">
          The error is weighted: each label by one over the chance it had, so that an audit, one of few drawn,
          stands for the others that ran alone. Labels and wrong ones are plain counts.
        </p>
        {evidence.thresholds.length === 0 ? (
          <p className="text-sm text-muted-foreground">
            Thresholds are chosen once from the confidences of the first 200 proposals, before anybody looks
            at who was right, and then tested all at once.
          </p>
        ) : (
          <ThresholdTable evidence={evidence} />
        )}
      </CardBody>
    </Card>
  );
}

function ThresholdTable({ evidence }: { evidence: EvidenceView }) {
  return (
    <Table caption="Thresholds on trial" frameClassName="max-h-112">
      <TableHead>
        <tr>
          <TableHeading>Threshold</TableHeading>
          <TableHeading>Standing</TableHeading>
          <TableHeading align="end">Labelled</TableHeading>
          <TableHeading align="end">Wrong</TableHeading>
          <TableHeading>Error, 95 % interval</TableHeading>
          <TableHeading className="min-w-40">Evidence</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {evidence.thresholds.map((row) => (
          <TableRow key={row.threshold} aria-current={row.in_force ? "true" : undefined}>
            <TableCell className="font-semibold whitespace-nowrap tabular-nums">
              <span title={String(row.threshold)}>{thresholdText(row.threshold)}</span>
            </TableCell>
            <TableCell className="whitespace-nowrap">
              <Standing row={row} />
            </TableCell>
            <TableCell align="end" className="tabular-nums">
              {row.n.toLocaleString("en")}
            </TableCell>
            <TableCell align="end" className="tabular-nums">
              {row.wrong.toLocaleString("en")}
            </TableCell>
            <TableCell className="whitespace-nowrap tabular-nums">
              {row.error === null ? unknownText(row) : `${percentText(row.error)} (${intervalText(row)})`}
            </TableCell>
            <TableCell>
              <Progress label={`Evidence at ${thresholdText(row.threshold)}`} value={row.meter} />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function unknownText(row: ThresholdView): string {
  return row.n === 0 ? "Not known" : `Too few to say: ${intervalText(row)}`;
}

function Standing({ row }: { row: ThresholdView }) {
  if (row.in_force) return <Badge tone="auto">In force</Badge>;
  if (row.certified) return <Badge tone="approved">Certified</Badge>;
  if (row.n === 0) return <span className="text-muted-foreground">No labels yet</span>;
  return (
    <span className="text-muted-foreground">
      {row.more_needed === null
        ? "Too much wrong"
        : `About ${row.more_needed.toLocaleString("en")} more right ones`}
    </span>
  );
}

/** What would sound the alarm, and what automation has cost this month at most. */
export function WatchCard({ contract }: { contract: ContractView }) {
  const { alarm, account, delta } = contract.evidence;
  return (
    <Card aria-labelledby="watch-title">
      <CardHeader
        id="watch-title"
        title="Alarm and account"
        description="An alarm takes autonomy back by itself and begins a new certification period."
      />
      <CardBody className="flex flex-col gap-4 text-sm">
        <Gauge name="Audits of what ran alone" {...alarm.audits} />
        <Gauge name="Overrides among what people rule on" {...alarm.reviewed} />
        {account ? (
          <p>
            In {account.month} (UTC), {account.ran_alone.toLocaleString("en")} ran alone and{" "}
            {account.audited.toLocaleString("en")} of them were audited, {account.wrong.toLocaleString("en")}{" "}
            found wrong: no more than{" "}
            <strong className="font-semibold">{account.at_most.toLocaleString("en")}</strong> were wrong, with{" "}
            {percentText(1 - delta)} certainty, whatever the world did.
          </p>
        ) : (
          <p className="text-muted-foreground">Nothing has run alone this month.</p>
        )}
      </CardBody>
    </Card>
  );
}

function Gauge({ name, value, limit }: { name: string; value: number; limit: number }) {
  // The statistics grow by factors: their logarithm is what creeps up to the line.
  const share = value <= 1 ? 0 : Math.min(1, Math.log(value) / Math.log(limit));
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span>{name}</span>
        <span className="text-xs text-muted-foreground tabular-nums">
          {value.toLocaleString("en", { maximumSignificantDigits: 3 })} of {limit.toLocaleString("en")}
        </span>
      </div>
      <Progress label={`${name}: alarm statistic on a logarithmic scale`} value={share} />
    </div>
  );
}
