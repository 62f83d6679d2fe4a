import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { MeasureTable, type MeasureLine } from "@/components/ui/measure-table";
import { percentText } from "@/lib/audits/client";
import type { AgreementView, Measure } from "@/lib/audits/plans";

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
          <MeasureTable caption="Agreement between auditors" lines={linesOf(measures)} />
        )}
      </CardBody>
    </Card>
  );
}

function linesOf(measures: NonNullable<AgreementView["measures"]>): MeasureLine[] {
  return [
    lineOf("All said the same", "Share of decisions; chance counts too", measures.percent, percentText),
    lineOf(
      "Krippendorff’s alpha",
      "Any number of auditors; 0.8 is solid, 0.667 tentative",
      measures.krippendorff_nominal,
    ),
    lineOf(
      "The same, by rank",
      "Borderline stands between correct and incorrect",
      measures.krippendorff_ordinal,
    ),
    lineOf("Fleiss’ kappa", "Decisions with the usual number of auditors", measures.fleiss),
    lineOf(
      "Cohen’s kappa",
      measures.cohen ? "The two auditors" : "For two auditors; here there are more",
      measures.cohen,
    ),
  ];
}

const lineOf = (
  name: string,
  what: string,
  measure: Measure | null,
  text = (value: number) => value.toFixed(2),
): MeasureLine => ({
  name,
  what,
  measure: measure && { value: measure.value, low: measure.lower, high: measure.upper, n: measure.n },
  text,
});
