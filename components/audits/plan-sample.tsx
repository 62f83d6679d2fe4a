"use client";

import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { percentText } from "@/lib/audits/client";
import type { PlanPreview, Stratum } from "@/lib/audits/plans";
import { counted } from "@/lib/kernel/counted";
import type { PlanDraft, Spread } from "./plan-draft";

type Props = {
  draft: PlanDraft;
  strata: Stratum[];
  wrong: string | undefined;
  preview: PlanPreview | undefined;
  failed: string | undefined;
  busy: boolean;
  change: (part: Partial<PlanDraft>) => void;
  onUse: (preview: PlanPreview, spread: Spread) => void;
};

/** How many are drawn: what a margin needs, and the chance of each stratum with what it gives. */
export function PlanSample({ draft, strata, wrong, preview, failed, busy, change, onUse }: Props) {
  return (
    <Card aria-labelledby="plan-sample" aria-busy={busy}>
      <CardHeader
        id="plan-sample"
        title="How many"
        description="A preview; nothing is drawn. Margins are half the width of the 95 % interval that all audits together would give."
      />
      <CardBody className="relative flex flex-col gap-4">
        {busy ? <Progress label="Counting" className="absolute inset-x-0 top-0" /> : null}
        <div className="flex flex-wrap items-start gap-4">
          <Field label="Margin wanted, ± %" className="w-40">
            <Input
              inputMode="decimal"
              value={draft.margin}
              onChange={(event) => change({ margin: event.target.value })}
            />
          </Field>
          <Field label="Error expected, %" hint="50 is the worst case." className="w-40">
            <Input
              inputMode="decimal"
              value={draft.share}
              onChange={(event) => change({ share: event.target.value })}
            />
          </Field>
          <Required preview={preview} onUse={onUse} />
        </div>
        {(wrong ?? failed) ? (
          <p role="status" className="text-sm text-declined-text">
            {wrong ?? failed}
          </p>
        ) : null}
        <Strata draft={draft} strata={strata} preview={preview} change={change} />
      </CardBody>
    </Card>
  );
}

function Required({ preview, onUse }: Pick<Props, "preview" | "onUse">) {
  const required = preview?.required;
  if (!preview || !required) return null;
  const { eligible, audited_before: before } = preview.total;
  const enough = required.rate === null;
  return (
    <div
      role="status"
      className="flex min-w-60 flex-1 flex-col items-start gap-2 rounded-control bg-surface-2 p-3 text-sm"
    >
      <p>
        <span className="font-semibold tabular-nums">{counted(required.n, "audit")}</span> of{" "}
        {counted(eligible, "decision")} give ± {percentText(required.margin)} at 95 %
        {required.exact_n === required.n
          ? ""
          : ` (${required.exact_n.toLocaleString("en")} by the exact interval)`}
        .{before > 0 ? ` ${before.toLocaleString("en")} are audited already.` : ""}
      </p>
      {eligible === 0 ? (
        <p className="text-muted-foreground">No decision fits.</p>
      ) : enough ? (
        <p className="text-muted-foreground">That is enough; nothing more needs to be drawn.</p>
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => onUse(preview, "rates")}>
            {preview.strata.length > 1 ? "Use in proportion" : `Use ${percentText(required.rate ?? 0)}`}
          </Button>
          {preview.strata.length > 1 ? (
            <Button size="sm" onClick={() => onUse(preview, "neyman_rates")}>
              Use more where it varies
            </Button>
          ) : null}
        </div>
      )}
      {preview.strata.length > 1 && !enough ? (
        <p className="text-xs text-muted-foreground">
          In proportion to size, or more where judgements so far vary more: the narrowest interval for as many
          audits (Neyman).
        </p>
      ) : null}
    </div>
  );
}

function Strata({ draft, strata, preview, change }: Pick<Props, "draft" | "strata" | "preview" | "change">) {
  const found = (name: string) => preview?.strata.find((line) => line.name === name);
  return (
    <Table caption="What the plan would draw">
      <TableHead>
        <tr>
          <TableHeading>Stratum</TableHeading>
          <TableHeading>Chance, %</TableHeading>
          <TableHeading align="end">Eligible</TableHeading>
          <TableHeading align="end" className="max-md:hidden">
            Audited already
          </TableHeading>
          <TableHeading align="end">Would draw</TableHeading>
          <TableHeading align="end">Margin</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {strata.map(({ name, rate }) => (
          <TableRow key={name}>
            <TableCell className="min-w-32">{name}</TableCell>
            <TableCell>
              <Field label={`Chance of ${name}, per cent`} hideLabel>
                <Input
                  inputMode="decimal"
                  className="w-20"
                  value={draft.rates[name] ?? String(Number((rate * 100).toFixed(3)))}
                  onChange={(event) => change({ rates: { ...draft.rates, [name]: event.target.value } })}
                />
              </Field>
            </TableCell>
            <Line line={found(name)} />
          </TableRow>
        ))}
        {strata.length > 1 ? (
          <TableRow className="font-semibold">
            <TableCell>All</TableCell>
            <TableCell />
            <Line line={preview?.total} />
          </TableRow>
        ) : null}
      </tbody>
    </Table>
  );
}

const lineColumns = ["eligible", "before", "draw", "margin"];

function Line({ line }: { line: PlanPreview["total"] | undefined }) {
  const cells = line
    ? [
        line.eligible.toLocaleString("en"),
        line.audited_before.toLocaleString("en"),
        Math.round(line.expected).toLocaleString("en"),
        line.eligible === 0 ? "–" : `± ${percentText(line.margin)}`,
      ]
    : ["…", "…", "…", "…"];
  return (
    <>
      {cells.map((text, i) => (
        <TableCell
          key={lineColumns[i]}
          align="end"
          className={cn("whitespace-nowrap tabular-nums", lineColumns[i] === "before" && "max-md:hidden")}
        >
          {text}
        </TableCell>
      ))}
    </>
  );
}
