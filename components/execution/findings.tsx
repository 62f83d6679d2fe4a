import Link from "next/link";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { findingKinds, findingWords, mostFindings, type Findings } from "@/lib/execution/reconciliation";

/** How many differences there were of each kind. */
export function FindingCounts({ findings }: { findings: Findings }) {
  const found = findingKinds.filter((kind) => (findings.counts[kind] ?? 0) > 0);
  if (found.length === 0) return <p className="text-sm text-muted-foreground">Both sides are alike.</p>;
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {found.map((kind) => (
        <li key={kind}>
          <span className="font-semibold tabular-nums">{findings.counts[kind]}</span> {findingWords[kind]}
        </li>
      ))}
    </ul>
  );
}

/** The differences one by one, each with its execution. */
export function FindingList({ findings }: { findings: Findings }) {
  if (findings.items.length === 0) return null;
  return (
    <>
      <Table caption="Differences">
        <TableHead>
          <TableRow>
            <TableHeading>Difference</TableHeading>
            <TableHeading>Key</TableHeading>
            <TableHeading>Their reference</TableHeading>
          </TableRow>
        </TableHead>
        <tbody>
          {findings.items.map((item) => (
            <TableRow key={`${item.kind} ${item.key}`}>
              <TableCell>
                <span className="flex flex-col">
                  {findingWords[item.kind]}
                  <span className="text-xs text-muted-foreground">
                    <UntrustedInline text={item.sentence} />
                  </span>
                </span>
              </TableCell>
              <TableCell>
                {item.execution_id ? (
                  <Link
                    href={`/executions/${item.execution_id}?from=reconcile`}
                    className="font-mono text-xs break-all underline underline-offset-2"
                  >
                    {item.execution_id}
                  </Link>
                ) : (
                  <UntrustedInline text={item.key} className="font-mono text-xs break-all" />
                )}
              </TableCell>
              <TableCell>
                {item.reference ? (
                  <UntrustedInline text={item.reference} className="font-mono text-xs" />
                ) : null}
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {findings.items.length >= mostFindings ? (
        <p className="text-xs text-muted-foreground">The first {mostFindings} are listed; all are counted.</p>
      ) : null}
    </>
  );
}
