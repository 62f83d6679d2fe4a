import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { PolicyDivergence } from "@/lib/policies/views";

const routeWords: Record<string, string> = {
  execute: "runs alone",
  review: "a person decides",
  review_by_two: "two people decide",
  decline: "ends without acting",
  shadow: "recorded only",
};
const wordOf = (route: string) => routeWords[route] ?? route;

/** Decisions that the version in shadow would have routed otherwise. */
export function DivergencesCard({ divergences }: { divergences: readonly PolicyDivergence[] }) {
  return (
    <Card aria-labelledby="divergences-title">
      <CardHeader
        id="divergences-title"
        title="What it would have changed"
        description="The latest decisions that the version in shadow would have routed otherwise."
      />
      <CardBody>
        {divergences.length === 0 ? (
          <p className="text-sm text-muted-foreground">None so far.</p>
        ) : (
          <Table caption="Decisions routed otherwise">
            <TableHead>
              <TableRow>
                <TableHeading>Decision</TableHeading>
                <TableHeading>Went</TableHeading>
                <TableHeading>Would have gone</TableHeading>
                <TableHeading>Rule</TableHeading>
                <TableHeading>When</TableHeading>
              </TableRow>
            </TableHead>
            <tbody>
              {divergences.map(({ id, decision_id, summary, was, would, rule, created_at }) => (
                <TableRow key={id}>
                  <TableCell>
                    <Link
                      href={`/decisions/${decision_id}`}
                      prefetch={false}
                      className="underline-offset-2 hover:underline"
                    >
                      <UntrustedInline text={summary} />
                    </Link>
                  </TableCell>
                  <TableCell>{wordOf(was)}</TableCell>
                  <TableCell>{wordOf(would)}</TableCell>
                  <TableCell className="font-mono text-xs">{rule ?? "none any more"}</TableCell>
                  <TableCell>
                    <Time at={created_at} />
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
