"use client";

import { useMemo } from "react";
import { percent } from "@/components/charts/chart-theme";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { percentText } from "@/lib/autonomy/percent-text";
import { type Segment, segmentsAt } from "@/lib/autonomy/score-segments";
import { count, errorText, segmentText, shortOf } from "./figure-texts";

type Props = { segments: Segment[]; threshold: number; alpha: number; currency: string };

/** A good mean can hide a bad part: the worst first. */
export function SegmentsTable({ segments, threshold, alpha, currency }: Props) {
  const rows = useMemo(() => segmentsAt(segments, threshold), [segments, threshold]);
  return (
    <Card aria-labelledby="segments-title" className="flex min-w-0 flex-col">
      <CardHeader
        id="segments-title"
        title="Does it hold for every part?"
        description={`By the upper end of the 95 % interval, worst first; above ${percentText(alpha)} in red.`}
      />
      <CardBody className="min-h-0 grow">
        {rows.length === 0 ? (
          <p className="py-10 text-center text-sm text-muted-foreground">
            Nothing is known of these decisions that would tell parts of 20 or more from each other: no
            amount, subject, model, prompt version or language.
          </p>
        ) : (
          <Table caption="Parts at this threshold, worst first" frameClassName="max-h-96">
            <TableHead>
              <tr>
                <TableHeading>Part</TableHeading>
                <TableHeading align="end">Runs alone</TableHeading>
                <TableHeading align="end">Wrong</TableHeading>
                <TableHeading align="end">Up to</TableHeading>
                <TableHeading align="end">Labels</TableHeading>
              </tr>
            </TableHead>
            <tbody>
              {rows.map((row) => {
                const { kind, name } = segmentText(row, currency);
                const { error } = row;
                return (
                  <TableRow key={`${row.dimension} ${row.name}`}>
                    <TableCell className="max-w-56">
                      <span className="flex min-w-0 items-baseline gap-1.5">
                        <span className="shrink-0 text-xs text-subtle-foreground">{kind}</span>
                        <span className="truncate">
                          <UntrustedInline text={name} />
                        </span>
                      </span>
                    </TableCell>
                    <TableCell align="end" className="tabular-nums">
                      {percent(row.coverage)}
                    </TableCell>
                    {error.kind === "estimate" ? (
                      <>
                        <TableCell align="end" className="tabular-nums">
                          {errorText(error)}
                        </TableCell>
                        <TableCell
                          align="end"
                          className={`tabular-nums ${error.upper > alpha ? "text-declined-text" : "text-approved-text"}`}
                        >
                          {percent(error.upper)}
                        </TableCell>
                      </>
                    ) : (
                      <TableCell
                        align="end"
                        colSpan={2}
                        className="text-xs whitespace-nowrap text-muted-foreground"
                      >
                        {shortOf(error)}
                      </TableCell>
                    )}
                    <TableCell align="end" className="tabular-nums">
                      {count(error.n)}
                    </TableCell>
                  </TableRow>
                );
              })}
            </tbody>
          </Table>
        )}
      </CardBody>
    </Card>
  );
}
