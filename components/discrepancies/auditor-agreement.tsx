import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import type { AuditorAgreement } from "@/lib/discrepancies/agreement";
import { counted } from "@/lib/kernel/counted";
import { causeWords } from "./status";

type Props = { agreements: AuditorAgreement[]; asked: number; unusable: number; dropped: number };

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

/** How often people confirmed what was proposed, proposer by proposer: the measure of the LLM auditor itself. */
export function AuditorAgreementCard({ agreements, asked, unusable, dropped }: Props) {
  return (
    <Card>
      <CardHeader
        title="Does it agree with people?"
        description="Proposed causes against confirmed ones. People saw the proposal first, so agreement may be flattering."
      />
      <CardBody className="flex flex-col gap-4 text-sm">
        <p className="text-muted-foreground">
          {counted(asked, "proposal stands", "proposals stand")}. {unusable.toLocaleString("en")} had no quote
          that stands in the decision, and {counted(dropped, "quote was", "quotes were")} left out.
        </p>
        {agreements.length === 0 ? (
          <p className="text-muted-foreground">
            Nobody has confirmed a cause after a proposal yet: nothing can be measured.
          </p>
        ) : (
          <Table caption="Agreement of each proposer with people">
            <TableHead>
              <TableRow>
                <TableHeading>Proposer</TableHeading>
                <TableHeading align="end">Confirmed</TableHeading>
                <TableHeading align="end">Agreed (95 %)</TableHeading>
                <TableHeading align="end">Kappa (95 %)</TableHeading>
                <TableHeading>By confirmed cause</TableHeading>
              </TableRow>
            </TableHead>
            <tbody>
              {agreements.map((each) => (
                <Row key={each.by} agreement={each} />
              ))}
            </tbody>
          </Table>
        )}
      </CardBody>
    </Card>
  );
}

function Row({ agreement }: { agreement: AuditorAgreement }) {
  const { by, n, agreed, interval, kappa, causes } = agreement;
  return (
    <TableRow>
      <TableCell>{by === "rules" ? "Rules (no model)" : by}</TableCell>
      <TableCell align="end">{n}</TableCell>
      <TableCell align="end">
        {percent(agreed / n)} ({percent(interval.lower)}–{percent(interval.upper)})
      </TableCell>
      <TableCell align="end">
        {kappa
          ? `${kappa.value.toFixed(2)} (${kappa.lower.toFixed(2)}–${kappa.upper.toFixed(2)})`
          : "not defined: one answer only"}
      </TableCell>
      <TableCell>
        {causes.map(({ cause, n: of, agreed: right }) => `${causeWords[cause]} ${right}/${of}`).join(", ")}
      </TableCell>
    </TableRow>
  );
}
