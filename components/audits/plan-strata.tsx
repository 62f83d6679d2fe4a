import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { percentText, shareText } from "@/lib/audits/client";
import type { PlanView } from "@/lib/audits/plans";

/** A plan's strata: what was there, what was drawn, how far it is and what it says. */
export function PlanStrata({ plan }: { plan: PlanView }) {
  const drawn = plan.status !== "draft";
  return (
    <Card aria-labelledby="strata">
      <CardHeader
        id="strata"
        title="By stratum"
        description={
          drawn
            ? "Those audited by an earlier draw count, and were not drawn again; every audit is weighted by one over the probability that any draw would have chosen it."
            : "The chance of each decision to be drawn."
        }
      />
      <CardBody>
        <Table caption="Strata of the plan">
          <TableHead>
            <tr>
              <TableHeading>Stratum</TableHeading>
              <TableHeading align="end">Chance</TableHeading>
              <TableHeading align="end">Eligible</TableHeading>
              <TableHeading align="end">Drawn</TableHeading>
              <TableHeading align="end">Audited before</TableHeading>
              <TableHeading align="end">Judged</TableHeading>
              <TableHeading>Wrong</TableHeading>
            </tr>
          </TableHead>
          <tbody>
            {plan.strata.map((line) => (
              <TableRow key={line.name}>
                <TableCell className="min-w-32">{line.name}</TableCell>
                <TableCell align="end" className="whitespace-nowrap tabular-nums">
                  {percentText(line.rate)}
                </TableCell>
                <Count value={line.eligible} />
                <Count value={drawn ? line.drawn : null} />
                <Count value={drawn ? line.audited_before : null} />
                <Count value={drawn ? line.judged : null} />
                <TableCell className="min-w-48 text-xs text-muted-foreground">
                  {drawn ? shareText(line.error) : "–"}
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </CardBody>
    </Card>
  );
}

function Count({ value }: { value: number | null }) {
  return (
    <TableCell align="end" className="tabular-nums">
      {value === null ? "–" : value.toLocaleString("en")}
    </TableCell>
  );
}
