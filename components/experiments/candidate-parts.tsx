import { Badge } from "@/components/ui/badge";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { qualityWords } from "@/components/evaluators/evaluator-words";
import type { CandidateSummary, CandidateView, EvaluatorRow } from "@/lib/experiments/experiments";
import { costOf, count, isTold, percent, signed } from "@/lib/experiments/words";

type Columns = { candidate: CandidateView; own: CandidateSummary }[];

/** What pooled figures hide: the error by segment, and what the app's evaluators say of each candidate. */
export function CandidateParts({ columns, currencies }: { columns: Columns; currencies: string[] }) {
  const [first] = columns;
  if (!first) return null;
  return (
    <>
      {first.own.segments.length > 0 ? <Segments columns={columns} first={first.own} /> : null}
      {first.own.evaluators.length > 0 ? (
        <Evaluators columns={columns} first={first.own} currencies={currencies} />
      ) : null}
    </>
  );
}

function Heads({ columns, names }: { columns: Columns; names: string[] }) {
  return (
    <TableHead>
      <tr>
        {names.map((name) => (
          <TableHeading key={name}>{name}</TableHeading>
        ))}
        {columns.map(({ candidate }) => (
          <TableHeading key={candidate.id}>{candidate.name}</TableHeading>
        ))}
      </tr>
    </TableHead>
  );
}

function Segments({ columns, first }: { columns: Columns; first: CandidateSummary }) {
  return (
    <section aria-label="By segment" className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">Wrong, by segment</h2>
      <Table caption="Error by segment">
        <Heads columns={columns} names={["Segment", "Items"]} />
        <tbody>
          {first.segments.map(({ segment, value, n }, index) => (
            <TableRow key={`${segment} ${value}`}>
              <TableCell>
                {segment}: {value}
              </TableCell>
              <TableCell className="tabular-nums">{count(n)}</TableCell>
              {columns.map(({ candidate, own }) => {
                const row = own.segments[index];
                return (
                  <TableCell key={candidate.id} className="tabular-nums">
                    {row?.error
                      ? `${percent(row.error.value)} (${percent(row.error.low)} to ${percent(row.error.high)})`
                      : "–"}
                    {row?.difference ? (
                      <span className="block text-xs text-muted-foreground">
                        {signed(row.difference.value * 100, 2)} pts ({signed(row.difference.low * 100, 2)} to{" "}
                        {signed(row.difference.high * 100, 2)})
                      </span>
                    ) : null}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

type EvaluatorsProps = { columns: Columns; first: CandidateSummary; currencies: string[] };

function Evaluators({ columns, first, currencies }: EvaluatorsProps) {
  return (
    <section aria-label="Evaluators" className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">Evaluators</h2>
      <Table caption="Evaluators' scores">
        <Heads columns={columns} names={["Evaluator", "Quality"]} />
        <tbody>
          {first.evaluators.map(({ evaluator_id: id, name, quality, counts }, index) => (
            <TableRow key={`${id} ${quality}`}>
              <TableCell>
                <span className="inline-flex flex-wrap items-center gap-2">
                  {name}
                  {counts ? null : <Badge tone="review">Does not count</Badge>}
                </span>
              </TableCell>
              <TableCell>{qualityWords[quality]}</TableCell>
              {columns.map(({ candidate, own }) => (
                <TableCell key={candidate.id} className="tabular-nums">
                  <Rate row={own.evaluators[index]} currencies={currencies} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </tbody>
      </Table>
      <p className="text-xs text-muted-foreground">
        Share of the answers that pass, with its 95 % interval; below it the candidate’s less the baseline’s,
        on the items where both were ruled on, bold where the interval leaves out 0. One that agrees too
        little with people is shown and does not count.
      </p>
    </section>
  );
}

function Rate({ row, currencies }: { row: EvaluatorRow | undefined; currencies: string[] }) {
  if (!row) return "–";
  const { passed, difference, score, n, cost_micros: cost } = row;
  const facts = [
    score === null ? null : `Mean ${score.toFixed(3)}`,
    `n = ${count(n)}`,
    cost ? `cost ${costOf(cost, currencies)}` : null,
  ].filter((fact) => fact !== null);
  return (
    <>
      {passed ? `${percent(passed.value)} (${percent(passed.low)} to ${percent(passed.high)})` : "–"}
      {difference ? (
        <span
          className={
            isTold(difference) ? "block text-xs font-semibold" : "block text-xs text-muted-foreground"
          }
        >
          {signed(difference.value * 100, 2)} pts ({signed(difference.low * 100, 2)} to{" "}
          {signed(difference.high * 100, 2)})
        </span>
      ) : null}
      <span className="block text-xs text-muted-foreground">{facts.join(", ")}</span>
    </>
  );
}
