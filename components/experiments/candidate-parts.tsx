import { Badge } from "@/components/ui/badge";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import type { CandidateSummary, CandidateView } from "@/lib/experiments/experiments";
import { count, percent, signed } from "@/lib/experiments/words";

type Columns = { candidate: CandidateView; own: CandidateSummary }[];

/** What pooled figures hide: the error by segment, and what the app's evaluators say of each candidate. */
export function CandidateParts({ columns }: { columns: Columns }) {
  const [first] = columns;
  if (!first) return null;
  return (
    <>
      {first.own.segments.length > 0 ? <Segments columns={columns} first={first.own} /> : null}
      {first.own.evaluators.length > 0 ? <Evaluators columns={columns} first={first.own} /> : null}
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

function Evaluators({ columns, first }: { columns: Columns; first: CandidateSummary }) {
  return (
    <section aria-label="Evaluators" className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">Evaluators</h2>
      <Table caption="Evaluators' scores">
        <Heads columns={columns} names={["Evaluator"]} />
        <tbody>
          {first.evaluators.map(({ evaluator_id: id, name, quality, counts }, index) => (
            <TableRow key={id}>
              <TableCell>
                <span className="inline-flex flex-wrap items-center gap-2">
                  {name}, {quality}
                  {counts ? null : <Badge tone="review">Does not count</Badge>}
                </span>
              </TableCell>
              {columns.map(({ candidate, own }) => {
                const row = own.evaluators[index];
                return (
                  <TableCell key={candidate.id} className="tabular-nums">
                    {row?.passed ? `${percent(row.passed.value)} pass` : "–"}
                    {row?.score === null || row?.score === undefined ? null : (
                      <span className="block text-xs text-muted-foreground">
                        Mean {row.score.toFixed(3)}, n = {count(row.n)}
                      </span>
                    )}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </tbody>
      </Table>
      <p className="text-xs text-muted-foreground">
        Judges and services that cost money are not asked here. One that agrees too little with people does
        not count.
      </p>
    </section>
  );
}
