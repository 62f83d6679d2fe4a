import { percent } from "@/components/charts/chart-theme";
import { MeasureTable, type MeasureLine } from "@/components/ui/measure-table";
import type { AgreementView } from "@/lib/evaluators/views";

type Among = AgreementView["among_people"];
type Measures = NonNullable<Among["measures"]>;

/** How far people agree themselves: what a judge is to be measured by. Nothing where nobody ruled on what another did. */
export function AmongPeople({ among: { n, needed, people, measures } }: { among: Among }) {
  if (n === 0) return null;
  return (
    <section aria-label="Among people" className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">How far do people agree themselves?</h3>
      <p className="text-xs text-muted-foreground">
        {measures === null
          ? `Two or more people ruled on ${n.toLocaleString("en")} of the ${needed} subjects that are needed to say.`
          : `${n.toLocaleString("en")} subjects that two or more of ${people.toLocaleString("en")} people ruled on. An evaluator cannot be expected to agree with people more than they do.`}
      </p>
      {measures === null ? null : <MeasureTable caption="Agreement among people" lines={linesOf(measures)} />}
    </section>
  );
}

const beyondChance = (value: number) => value.toFixed(2);

function linesOf({ percent: alike, krippendorff, fleiss, cohen }: Measures): MeasureLine[] {
  return [
    {
      name: "All said the same",
      what: "Share of subjects; chance counts too",
      measure: alike,
      text: percent,
    },
    {
      name: "Krippendorff’s alpha",
      what: "Any number of people; 0.8 is solid, 0.667 tentative",
      measure: krippendorff,
      text: beyondChance,
    },
    {
      name: "Fleiss’ kappa",
      what: `Subjects with the usual number of people, ${fleiss.raters}`,
      measure: fleiss,
      text: beyondChance,
    },
    ...cohen.map((measure, at) => ({
      name: cohen.length === 1 ? "Cohen’s kappa" : `Cohen’s kappa, pair ${at + 1}`,
      what: "Two people, on what both ruled on",
      measure,
      text: beyondChance,
    })),
  ];
}
