import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { StatusBadge } from "@/components/ui/status-badge";
import { focusOf } from "@/lib/autonomy/focus";
import type { ContractView, ThresholdView } from "@/lib/autonomy/views";
import { thresholdText } from "@/lib/autonomy/threshold-text";
import { bandText, percentText, predictionWords } from "@/lib/autonomy/words";
import { counted } from "@/lib/kernel/counted";

/** A contract in a list: what it is for, what it promises, what its evidence says, what comes next. */
export function ContractCard({ contract, href }: { contract: ContractView; href: string }) {
  const focus = focusOf(contract.evidence);
  return (
    <Card className="relative flex flex-col gap-3 p-4 hover:bg-surface-2">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-md font-semibold">
            <Link href={href} prefetch={false} className="after:absolute after:inset-0">
              {contract.type.name}
            </Link>
          </h2>
          <p className="text-sm text-muted-foreground">
            {predictionWords[contract.predicted].name}, {bandText(contract)}
          </p>
        </div>
        <span className="flex flex-wrap gap-1">
          {contract.proposal ? <Badge tone="review">Waits for a signature</Badge> : null}
          <StatusBadge kind="level" status={contract.level} />
          {contract.archived_at ? <Badge tone="idle">Archived</Badge> : null}
        </span>
      </div>
      <p className="text-sm">{contract.promise}</p>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
        <Fact term="Threshold">
          {contract.threshold === null ? "None" : thresholdText(contract.threshold)}
        </Fact>
        <Fact
          term="Evidence"
          note={contract.epoch.audited > 0 ? `${count(contract.epoch.audited)} of them audits` : undefined}
        >
          {counted(contract.epoch.labelled, "label")}
        </Fact>
        <Fact term="Wrong so far" note={focus ? intervalText(focus) : undefined}>
          {focus?.error == null ? "Not known" : percentText(focus.error)}
        </Fact>
        <Fact term="Ran alone this month">{accounted(contract)}</Fact>
      </dl>
      <Meter contract={contract} focus={focus} />
    </Card>
  );
}

function Fact({ term, note, children }: { term: string; note?: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted-foreground">{term}</dt>
      <dd className="text-sm font-semibold tabular-nums">{children}</dd>
      {note ? <dd className="text-xs text-muted-foreground tabular-nums">{note}</dd> : null}
    </div>
  );
}

function Meter({ contract, focus }: { contract: ContractView; focus: ThresholdView | null }) {
  const at = focus ? ` at ${thresholdText(focus.threshold)}` : "";
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3 text-xs text-muted-foreground">
        <span>{focus?.certified ? `Certified${at}` : `Evidence${at}`}</span>
        <span className="tabular-nums">{focus ? percentText(focus.meter) : "0 %"}</span>
      </div>
      <Progress label={`Evidence${at}`} value={focus?.meter ?? 0} />
      <p className="text-sm text-muted-foreground">{contract.next_step}</p>
    </div>
  );
}

/** "0.3 % – 2.1 %, n = 240, effective 92": the second number where labels weigh more and less. */
export function intervalText({
  error_lower: lower,
  error_upper: upper,
  n,
  effective_n,
}: ThresholdView): string {
  const effective = Math.floor(effective_n + 1e-6);
  const all = `n = ${count(n)}${effective > 0 && effective < n ? `, effective ${count(effective)}` : ""}`;
  return lower === null || upper === null ? all : `${percentText(lower)} – ${percentText(upper)}, ${all}`;
}

/** "at most 3 of 240 wrong" */
export function accounted({ evidence: { account } }: Pick<ContractView, "evidence">): string {
  if (!account) return "Nothing";
  return `at most ${count(account.at_most)} of ${count(account.ran_alone)} wrong`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
