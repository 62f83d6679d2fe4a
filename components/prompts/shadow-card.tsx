import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { formatConfidence } from "@/lib/kernel/confidence";
import type { ShadowComparison } from "@/lib/prompts/endpoints";
import { wayWord } from "./prompt-words";

/** Where a version in shadow answers otherwise than the active one did. */
export function ShadowCard({ comparison }: { comparison: ShadowComparison }) {
  const { version, answered, agree, other_way: otherWay, other_arguments: otherArguments } = comparison;
  return (
    <Card aria-labelledby="shadow-title">
      <CardHeader
        id="shadow-title"
        title={`Version ${version} in shadow`}
        description={
          answered === 0
            ? "It has answered nothing yet: it is asked after each decision the active version makes."
            : `Of ${answered} answers ${agree} agree with the active version, ${otherWay} go the other way, ${otherArguments} name other arguments. ${comparison.waiting} wait, ${comparison.failed} failed.`
        }
      />
      {comparison.data.length === 0 ? null : (
        <CardBody>
          <Table caption={`Where version ${version} differs`} frameClassName="max-h-96">
            <TableHead>
              <tr>
                <TableHeading>Decision</TableHeading>
                <TableHeading>Active</TableHeading>
                <TableHeading>Shadow</TableHeading>
                <TableHeading className="max-md:hidden">Was right</TableHeading>
                <TableHeading align="end">When</TableHeading>
              </tr>
            </TableHead>
            <tbody>
              {comparison.data.map((row) => (
                <TableRow key={row.decision}>
                  <TableCell>
                    <Link
                      href={`/decisions/${row.decision}`}
                      prefetch={false}
                      className="font-mono text-xs underline underline-offset-2"
                    >
                      {row.decision}
                    </Link>
                  </TableCell>
                  <TableCell>{said(row.active)}</TableCell>
                  <TableCell>
                    {row.shadow ? shadowText(row) : <UntrustedInline text={row.error ?? ""} />}
                  </TableCell>
                  <TableCell className="max-md:hidden">
                    {row.truth ? wayWord(row.truth) : "Not known"}
                  </TableCell>
                  <TableCell align="end">
                    <Time at={row.created_at} />
                  </TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        </CardBody>
      )}
    </Card>
  );
}

type Said = { predicted: string; confidence: number | null };
type Row = ShadowComparison["data"][number];

function said({ predicted, confidence }: Said): string {
  return confidence === null ? wayWord(predicted) : `${wayWord(predicted)}, ${formatConfidence(confidence)}`;
}

function shadowText({ shadow, active, same_arguments: isSame }: Row): string {
  if (!shadow) return "";
  const isOtherArguments = shadow.predicted === active.predicted && isSame === false;
  return isOtherArguments ? `${said(shadow)}, other arguments` : said(shadow);
}
