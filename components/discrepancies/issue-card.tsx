import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { DiscrepancyView, IssueView } from "@/lib/discrepancies/schema";
import type { AttachActions } from "./actions";
import { AttachForm } from "./attach-form";

type Props = { discrepancy: DiscrepancyView; issues: IssueView[]; actions: AttachActions };

/** The issue that a confirmed discrepancy belongs to, or those it could. */
export function IssueCard({ discrepancy, issues, actions }: Props) {
  const { issue } = discrepancy;
  return (
    <Card>
      <CardHeader
        title="Issue"
        description={issue ? undefined : "What goes wrong again and again, until it is proven to be over."}
      />
      <CardBody>
        {issue ? (
          <p className="flex flex-wrap items-center gap-2 text-sm">
            <Link className="font-semibold text-primary-text underline" href={`/issues/${issue.id}`}>
              {issue.title}
            </Link>
            <Badge tone={issue.status === "open" ? "review" : "approved"}>
              {issue.status === "open" ? "Open" : "Closed"}
            </Badge>
          </p>
        ) : (
          <AttachForm chosen={[discrepancy]} issues={issues} actions={actions} />
        )}
      </CardBody>
    </Card>
  );
}
