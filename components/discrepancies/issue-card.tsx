import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { DiscrepancyView, IssueView } from "@/lib/discrepancies/schema";
import type { AttachActions, RemoveAction } from "./actions";
import { AttachForm } from "./attach-form";
import { RemoveButton } from "./remove-button";

type Props = {
  discrepancy: DiscrepancyView;
  issues: IssueView[];
  /** Left out: this person only looks. */
  actions?: (AttachActions & { remove: RemoveAction }) | undefined;
};

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
          <div className="flex flex-wrap items-center gap-2 text-sm">
            <Link className="font-semibold text-primary-text underline" href={`/issues/${issue.id}`}>
              {issue.title}
            </Link>
            <Badge tone={issue.status === "open" ? "review" : "approved"}>
              {issue.status === "open" ? "Open" : "Closed"}
            </Badge>
            {actions ? (
              <RemoveButton issue={issue.id} discrepancy={discrepancy.id} remove={actions.remove} />
            ) : null}
          </div>
        ) : actions ? (
          <AttachForm chosen={[discrepancy]} issues={issues} actions={actions} />
        ) : null}
      </CardBody>
    </Card>
  );
}
