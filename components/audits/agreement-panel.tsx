import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { percentText } from "@/lib/audits/client";
import type { AgreementView, Measure } from "@/lib/audits/plans";

type Line = { name: string; what: string; measure: Measure | null; percent?: true };

/** How far auditors agree who judged the same decisions without knowing of each other. */
export function AgreementPanel({ agreement }: { agreement: AgreementView }) {
  const { n, needed, measures } = agreement;
  return (
    <Card aria-labelledby="agreement">
      <CardHeader
        id="agreement"
        title="Agreement"
        description="Between auditors who judged the same decision, neither knowing of the other. An adjudicator's word is left out."
      />
      <CardBody>
        {measures === null ? (
          <p className="text-sm text-muted-foreground">
            {n === 0
              ? "No decision has been judged by two auditors yet. A sampling plan can ask for two."
              : `Too few to say: ${n} of the ${needed} decisions needed have been judged by two or more.`}
          </p>
        ) : (
          <Table caption="Agreement between auditors">
            <TableHead>
              <tr>
                <TableHeading>Measure</TableHeading>
                <TableHeading align="end">Value</TableHeading>
                <TableHeading align="end">95 % interval</TableHeading>
                <TableHeading align="end">n</TableHeading>
              </tr>
            </TableHead>
            <tbody>
              {linesOf(measures).map(({ name, what, measure, percent }) => (
                <TableRow key={name}>
                  <TableCell>
                    <span className="font-semibold">{name}</span>
                    <span className="block text-xs text-muted-foreground">{what}</span>
                  </TableCell>
                  <TableCell align="end" className="tabular-nums">
                    {measure ? valueOf(measure, percent) : "–"}
                  </TableCell>
                  <TableCell align="end" className="whitespace-nowrap tabular-nums">
                    {measure ? intervalOf(measure, percent) : "–"}
                  </TableCell>
                  <TableCell align="end" className="tabular-nums">
                    {measure?.n ?? "–"}
                  </TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        )}
      </CardBody>
    </Card>
  );
}

function linesOf(measures: NonNullable<AgreementView["measures"]>): Line[] {
  return [
    {
      name: "All said the same",
      what: "Share of decisions; chance counts too",
      measure: measures.percent,
      percent: true,
    },
    {
      name: "Krippendorff's alpha",
      what: "Any number of auditors; 0.8 is solid, 0.667 tentative",
      measure: measures.krippendorff_nominal,
    },
    {
      name: "The same, by rank",
      what: "Borderline stands between correct and incorrect",
      measure: measures.krippendorff_ordinal,
    },
    { name: "Fleiss' kappa", what: "Decisions with the usual number of auditors", measure: measures.fleiss },
    {
      name: "Cohen's kappa",
      what: measures.cohen ? "The two auditors" : "For two auditors; here there are more",
      measure: measures.cohen,
    },
  ];
}

function text(value: number, percent: true | undefined): string {
  return percent ? percentText(value) : value.toFixed(2);
}

function valueOf({ value }: Measure, percent: true | undefined): string {
  return value === null ? "Not defined" : text(value, percent);
}

function intervalOf({ lower, upper }: Measure, percent: true | undefined): string {
  return lower === null || upper === null ? "–" : `${text(lower, percent)} to ${text(upper, percent)}`;
}
