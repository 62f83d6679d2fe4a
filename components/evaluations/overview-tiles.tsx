"use client";

import { useQuery } from "@tanstack/react-query";
import { type Shown, overviewOf } from "@/lib/evaluations/client";
import type { AutoErrors, Overview } from "@/lib/evaluations/schema";
import { figureText, intervalText, valueText } from "./figure-words";
import { since } from "./since";
import { Answered, FigureTile } from "./tile";

const errorQuestions: Record<AutoErrors["route"], [audited: string, outcomes: string]> = {
  execute: ["How often is acting alone wrong, by auditors?", "How often is acting alone wrong, by outcomes?"],
  decline: [
    "How often is leaving alone wrong, by auditors?",
    "How often is leaving alone wrong, by outcomes?",
  ],
};

/** The overview's figures. */
export function OverviewTiles({ shown }: { shown: Shown }) {
  const query = useQuery(overviewOf(shown, since));
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2 xl:grid-cols-4" aria-busy={query.isFetching}>
      <Answered query={query} skeleton="h-40" count={8}>
        {(data) => <Tiles data={data} />}
      </Answered>
    </div>
  );
}

function Tiles({ data }: { data: Overview }) {
  const { audit } = data;
  return (
    <>
      <FigureTile question="How much is decided alone?" figure={data.automation} />
      <FigureTile question="How much goes to a person?" figure={data.review} />
      <FigureTile
        question="How often do people decide otherwise?"
        figure={data.override}
        more="By confidence it should fall; see the table"
        table={{
          columns: ["Confidence", "Overridden", "Ruled on", "Rate", "95 % interval"],
          rows: data.override_by_confidence.map(({ low, high, overridden, figure }) => [
            `${low.toFixed(1)}–${high.toFixed(1)}`,
            overridden,
            figure.n,
            valueText(figure),
            intervalText(figure)?.replace("95 % interval ", "") ?? "",
          ]),
        }}
      />
      <FigureTile
        question="How much of what ran alone is audited?"
        figure={audit}
        more={audit.planned === null ? undefined : `Planned: ${figureText("share", audit.planned)}`}
      />
      {data.errors.flatMap(({ route, alone, audited, outcomes }) => {
        const [byAuditors, byOutcomes] = errorQuestions[route];
        const of = `Of ${alone.toLocaleString("en")} that ran alone`;
        return [
          <FigureTile key={byAuditors} question={byAuditors} figure={audited} more={of} />,
          <FigureTile key={byOutcomes} question={byOutcomes} figure={outcomes} more={of} />,
        ];
      })}
      <FigureTile question="How long does half of the reviewed take?" figure={data.time_to_decision.p50} />
      <FigureTile
        question="How long do nine tenths of the reviewed take?"
        figure={data.time_to_decision.p90}
      />
    </>
  );
}
