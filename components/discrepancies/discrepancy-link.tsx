import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { DiscrepancySummary } from "@/lib/discrepancies/schema";
import { pairWords } from "@/lib/discrepancies/sides";
import { causeWords, DiscrepancyBadge } from "./status";

/** On a decision's page: that sides disagree about it, and where that is looked into. */
export function DiscrepancyLink({ discrepancy }: { discrepancy: DiscrepancySummary }) {
  const { id, status, pairs, cause } = discrepancy;
  return (
    <Card>
      <CardHeader title="Discrepancy" actions={<DiscrepancyBadge status={status} />} />
      <CardBody className="flex flex-col items-start gap-1 text-sm">
        <p>
          {pairs.length > 0 ? `Disagree: ${pairs.map(pairWords).join("; ")}.` : "Nobody disagrees any more."}
        </p>
        {cause ? <p>Confirmed cause: {causeWords[cause].toLowerCase()}.</p> : null}
        <Link className="font-semibold text-primary-text underline" href={`/discrepancies/${id}`}>
          See who said what
        </Link>
      </CardBody>
    </Card>
  );
}
