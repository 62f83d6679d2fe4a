import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { confidenceSources } from "@/lib/models/vocabulary";
import type { Combination } from "@/lib/prompts/settings";
import { sourceWords } from "./prompt-words";

/** How well each way to a confidence forecast who was right, each answer judged by a fit that had not seen it. */
export function FitScores({ combination, version }: { combination: Combination; version: number }) {
  return (
    <Card aria-labelledby="fit-title">
      <CardHeader
        id="fit-title"
        title={`Confidence of version ${version}`}
        description={`Fitted on ${combination.fitted_on} judged answers of ${combination.from}, weighed by one over their propensity. Lower is better; each answer was scored by a fit that had not seen it.`}
      />
      <CardBody>
        <Table caption="Scores by source">
          <TableHead>
            <tr>
              <TableHeading>Source</TableHeading>
              <TableHeading align="end">Brier score</TableHeading>
              <TableHeading align="end">Log loss</TableHeading>
              <TableHeading align="end">Weight</TableHeading>
            </tr>
          </TableHead>
          <tbody>
            {confidenceSources.map((source) => {
              const score = combination.scores[source];
              if (!score) return null;
              const weight = source === "combined" ? undefined : combination.weights[source];
              return (
                <TableRow key={source}>
                  <TableCell>{sourceWords[source]}</TableCell>
                  <TableCell align="end">{score.brier.toFixed(4)}</TableCell>
                  <TableCell align="end">{score.log_loss.toFixed(4)}</TableCell>
                  <TableCell align="end">{weight === undefined ? "" : weight.toFixed(3)}</TableCell>
                </TableRow>
              );
            })}
          </tbody>
        </Table>
      </CardBody>
    </Card>
  );
}
