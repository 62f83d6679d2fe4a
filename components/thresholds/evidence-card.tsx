import { Check, Info } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { percent } from "@/components/charts/chart-theme";
import type { Candidate } from "@/lib/autonomy/certify-history";
import { percentText } from "@/lib/autonomy/percent-text";
import { reached } from "@/lib/autonomy/score-index";
import type { ThresholdData } from "@/lib/autonomy/threshold-endpoints";
import type { ContractView } from "@/lib/autonomy/views";
import { samplingPlanAddress, type WhyNot } from "@/lib/autonomy/why-not";
import { counted } from "@/lib/kernel/counted";
import { count } from "./figure-texts";
import { thresholdText } from "@/lib/autonomy/threshold-text";
import { budgets, type Change, type Looking } from "./use-looking";
import type { Reckoning } from "./use-reckoning";

type Props = {
  reckoning: Reckoning;
  data: ThresholdData;
  contract: ContractView | null;
  looking: Looking;
  change: Change;
};

/** Which thresholds the evidence certifies, and what each of the others still needs. */
export function EvidenceCard({ reckoning, data, contract, looking, change }: Props) {
  const { candidates, why, alpha } = reckoning;
  return (
    <Card aria-labelledby="evidence-title">
      <CardHeader
        id="evidence-title"
        title="What has been shown so far?"
        description={contract ? contractSentence(contract) : rehearsalSentence(alpha)}
        actions={
          contract ? (
            <ButtonLink size="sm" href={`/apps/${data.app.id}/contracts/${contract.id}`}>
              Open the contract
            </ButtonLink>
          ) : (
            <label className="hidden items-center gap-2 text-sm text-muted-foreground md:flex">
              At most
              <Select
                aria-label="At most this share wrong"
                className="w-auto"
                value={String(looking.budget)}
                onChange={(event) => change({ budget: Number(event.target.value) })}
              >
                {[...new Set([...budgets, looking.budget])].map((budget) => (
                  <option key={budget} value={String(budget)}>
                    {percentText(budget)} wrong
                  </option>
                ))}
              </Select>
            </label>
          )
        }
      />
      <CardBody className="flex flex-col gap-3">
        {why ? <WhyNone why={why} reckoning={reckoning} data={data} contract={contract} /> : null}
        {candidates.length > 0 ? (
          <Candidates reckoning={reckoning} data={data} choose={(at) => change({ at })} />
        ) : null}
      </CardBody>
    </Card>
  );
}

function contractSentence({ promise, epoch, evidence }: ContractView): string {
  const tightened =
    evidence.alpha < 1 && epoch.sensitivity !== null
      ? ` Tested at ${percentText(evidence.alpha)}: reviewers are known to miss some.`
      : "";
  return `${promise}. Certification period ${epoch.number}: ${epoch.why}${tightened}`;
}

function rehearsalSentence(alpha: number): string {
  return `No contract governs these. What a contract for “at most ${percentText(alpha)} wrong, 95 % sure” would make of the labels there are: a rehearsal, no certificate.`;
}

type NoneProps = Pick<Props, "data" | "contract"> & { why: WhyNot; reckoning: Reckoning };

function WhyNone({ why, reckoning, data, contract }: NoneProps) {
  const more = why.nearest?.moreNeeded ?? 0;
  const plan = contract ? null : planFor({ why, reckoning, data });
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-control bg-review-soft px-3 py-2.5 text-sm text-review-text">
      <p className="flex min-w-0 items-start gap-2">
        <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          <strong className="font-semibold">No threshold can be certified yet,</strong> because {why.sentence}
          .
          {why.obstacle === "too_few_labels" && why.nearest
            ? ` About ${count(more)} more right ones would do at ${thresholdText(why.nearest.threshold)}.${paceOf(why.nearest, reckoning)}`
            : ""}
        </span>
      </p>
      {plan ? (
        <ButtonLink size="sm" href={plan.address}>
          Plan {counted(plan.audits, "audit")}
        </ButtonLink>
      ) : null}
    </div>
  );
}

function paceOf({ n, moreNeeded }: Candidate, { means }: Reckoning): string {
  const perWeek = n / means.weeks;
  if (perWeek < 1 || moreNeeded === null) return "";
  const weeks = moreNeeded / perWeek;
  return ` At the pace of its labels so far that takes about ${weeks < 1 ? counted(Math.ceil(weeks * 7), "day") : counted(Math.ceil(weeks), "week")}.`;
}

/** What ran alone and nobody judged, at the chance that draws enough of it. */
function planFor({
  why,
  reckoning,
  data,
}: Omit<NoneProps, "contract">): { address: string; audits: number } | null {
  const { index } = reckoning;
  const cut = why.nearest?.threshold ?? null;
  const ranAlone = index.alone[cut === null ? index.size : reached(index, cut)] ?? 0;
  if (ranAlone === 0 || why.obstacle === "too_wrong" || why.obstacle === "one_score") return null;
  const wanted = Math.min(ranAlone, why.nearest?.moreNeeded ?? usualSample);
  const address = samplingPlanAddress({
    app: data.app.id,
    type: data.type.id,
    name: `Threshold of ${data.type.key}`,
    routes: [data.predicted === "positive" ? "execute" : "decline"],
    from: data.from.slice(0, 10),
    cut,
    rate: Math.min(100, Math.ceil((wanted / ranAlone) * 1000) / 10),
  });
  return { address, audits: wanted };
}

/** Audits to begin with where nothing is known. */
const usualSample = 200;

type CandidatesProps = { reckoning: Reckoning; data: ThresholdData; choose: (at: number) => void };

function Candidates({ reckoning, data, choose }: CandidatesProps) {
  const { candidates, index, draft } = reckoning;
  return (
    <Table caption="Evidence by threshold" frameClassName="max-h-96">
      <TableHead>
        <tr>
          <TableHeading>From</TableHeading>
          <TableHeading align="end">Runs alone</TableHeading>
          <TableHeading align="end">Labels</TableHeading>
          <TableHeading align="end">Wrong</TableHeading>
          <TableHeading className="w-1/3">Evidence</TableHeading>
          <TableHeading>Still needed</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {candidates.map((one) => (
          <TableRow key={one.threshold} aria-current={one.threshold === draft}>
            <TableCell className="font-semibold whitespace-nowrap tabular-nums">
              <button
                type="button"
                className="inline-flex min-h-6 items-center rounded-sm text-primary-text underline-offset-4 hover:underline max-md:pointer-events-none max-md:text-foreground"
                aria-label={`Try ${thresholdText(one.threshold)}`}
                title={String(one.threshold)}
                onClick={() => choose(one.threshold)}
              >
                {thresholdText(one.threshold)}
              </button>
            </TableCell>
            <TableCell align="end" className="tabular-nums">
              {percent(data.total === 0 ? 0 : reached(index, one.threshold) / data.total)}
            </TableCell>
            <TableCell align="end" className="tabular-nums">
              {count(one.n)}
            </TableCell>
            <TableCell align="end" className="tabular-nums">
              {one.wrong.toLocaleString("en")}
            </TableCell>
            <TableCell>
              <Meter candidate={one} />
            </TableCell>
            <TableCell className="whitespace-nowrap">
              <Needed candidate={one} isInForce={one.threshold === data.in_force.threshold} />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function Meter({ candidate: { logE, needed, certified } }: { candidate: Candidate }) {
  const share = certified ? 1 : Math.min(1, Math.max(0, (logE ?? 0) / needed));
  return (
    <div className="flex min-w-32 items-center gap-2 text-xs text-muted-foreground tabular-nums">
      <div aria-hidden className="h-1.5 grow overflow-hidden rounded-full bg-surface-3">
        <div
          className={certified ? "h-full bg-approved" : "h-full bg-primary"}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <span className="w-20 shrink-0 text-end">
        {logE === null ? "lost" : logE.toFixed(1).replace("-", "−")} of {needed.toFixed(1)}
      </span>
    </div>
  );
}

function Needed({
  candidate: { certified, moreNeeded, n },
  isInForce,
}: {
  candidate: Candidate;
  isInForce: boolean;
}) {
  if (certified) {
    return (
      <Badge tone="approved">
        <Check aria-hidden /> {isInForce ? "Certified, in force" : "Certified"}
      </Badge>
    );
  }
  if (moreNeeded === null) return <span className="text-declined-text">Wrong too often</span>;
  return <span>{`about ${count(moreNeeded)} ${n === 0 ? "right ones" : "more right ones"}`}</span>;
}
