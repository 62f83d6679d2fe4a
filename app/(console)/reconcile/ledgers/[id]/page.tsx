import { notFound } from "next/navigation";
import { FindingCounts, FindingList } from "@/components/execution/findings";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { ReconciliationBadge } from "@/components/execution/reconciliations-table";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { comparedTime } from "@/lib/execution/compared-time";
import type { ReconciliationView } from "@/lib/execution/reconciliation";
import { getReconciliation } from "@/lib/execution/server/list-reconciliations";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { listColleagues } from "@/lib/reviews/server/list-colleagues";
import { titled } from "../../../titled";

/** Who asked, by name; a program's key and somebody who has left stand as they are recorded. */
async function askerOf(ctx: UserContext, { requested_by: by }: ReconciliationView): Promise<string> {
  if (!by.startsWith("user:")) return by;
  const people = await listColleagues(ctx);
  return people.data.find(({ id }) => `user:${id}` === by)?.name ?? by;
}

export const generateMetadata = titled(
  "Comparison",
  async (ctx, { id }: { id: string }) => (await getReconciliation(ctx, { id })).connector.name,
);

export default async function ReconciliationPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await userContext();
  const view = await viewOrNotFound(ctx, (await params).id);
  const isNightly = view.requested_by.startsWith("system:");
  return (
    <Page width="wide">
      {view.status === "running" ? <LiveRefresh events={["reconciliation."]} /> : null}
      <PageHeader
        back={{ href: "/reconcile/ledgers", label: "Ledgers" }}
        title={`${view.connector.name}'s ledger and ours`}
        badges={<ReconciliationBadge status={view.status} />}
        description={sentenceOf(view)}
      />
      {view.error ? (
        <p className="rounded-card border bg-surface-2 px-4 py-2 text-sm">
          <UntrustedInline text={view.error} />
        </p>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card>
          <CardHeader title="Figures" />
          <CardBody>
            <DefinitionList
              items={[
                { term: "Compared time", detail: comparedTime(view) },
                { term: "Ours that say done", detail: view.findings.ours },
                { term: "Theirs that bear a key", detail: view.findings.theirs },
                { term: "Alike", detail: view.matched },
                { term: "Theirs without a key", detail: view.findings.foreign },
                {
                  term: "Asked by",
                  detail: isNightly ? "The night's own comparison" : await askerOf(ctx, view),
                },
                { term: "Asked", detail: <Time at={view.created_at} /> },
                ...(view.finished_at ? [{ term: "Ended", detail: <Time at={view.finished_at} /> }] : []),
              ]}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="Differences"
            description="What contradicts is disputed, and waits for a person."
          />
          <CardBody>
            {view.status === "done" ? (
              <FindingCounts findings={view.findings} />
            ) : (
              <p className="text-sm text-muted-foreground">Not known yet.</p>
            )}
          </CardBody>
        </Card>
      </div>
      <FindingList findings={view.findings} />
    </Page>
  );
}

function sentenceOf({ status }: ReconciliationView): string {
  if (status === "running") return "A worker reads the ledger now.";
  if (status === "failed") return "The ledger could not be read whole, so nothing was concluded from it.";
  return "Both sides were compared.";
}

async function viewOrNotFound(ctx: UserContext, id: string): Promise<ReconciliationView> {
  try {
    return await getReconciliation(ctx, { id });
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not_found") notFound();
    throw error;
  }
}
