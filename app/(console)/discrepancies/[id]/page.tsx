import { EyeOff } from "lucide-react";
import { notFound } from "next/navigation";
import { DecideCard } from "@/components/discrepancies/decide-card";
import { DecidedCard } from "@/components/discrepancies/decided-card";
import { IssueCard } from "@/components/discrepancies/issue-card";
import { ProposalCard } from "@/components/discrepancies/proposal-card";
import { DraftEvidence, QuoteDraft } from "@/components/discrepancies/quote-draft";
import { QuotedEvidence } from "@/components/discrepancies/quoted-evidence";
import { SidesGrid } from "@/components/discrepancies/sides-grid";
import { DiscrepancyBadge } from "@/components/discrepancies/status";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { DiscrepancyView } from "@/lib/discrepancies/schema";
import { getDiscrepancy } from "@/lib/discrepancies/server/get-discrepancy";
import { listIssues, suggestIssues } from "@/lib/discrepancies/server/read-issues";
import { roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import {
  askAction,
  attachAction,
  confirmAction,
  createIssueAction,
  dismissAction,
  reopenAction,
} from "../actions";

import { removeFromIssueAction } from "../../issues/actions";
import { titled } from "../../titled";

export const generateMetadata = titled(
  "Discrepancy",
  async (ctx, { id }: { id: string }) => (await getDiscrepancy(ctx, { id })).summary,
);

type Props = { params: Promise<{ id: string }> };

export default async function DiscrepancyPage({ params }: Props) {
  const [ctx, { id }] = [await userContext(), await params];
  const read = await readOrWhy(ctx, id);
  if (read === "answer_first") return <AnswerFirst />;
  return <Discrepancy discrepancy={read} ctx={ctx} />;
}

async function readOrWhy(ctx: UserContext, id: string): Promise<DiscrepancyView | "answer_first"> {
  try {
    return await getDiscrepancy(ctx, { id });
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not_found") notFound();
    if (error instanceof DomainError && error.code === "answer_first") return "answer_first";
    throw error;
  }
}

function Discrepancy({ discrepancy, ctx }: { discrepancy: DiscrepancyView; ctx: UserContext }) {
  const { status, summary, app, type, opened_at, decision_id, own_side, proposal } = discrepancy;
  const waits = status === "open" || status === "proposed";
  const mayDecide = roleMay(ctx.actor.role, "discrepancies.confirm") && !own_side;
  const decides = waits && mayDecide;
  const quotes = status === "confirmed" ? discrepancy.confirmed_evidence : (proposal?.evidence ?? []);
  return (
    <Page width="wide">
      <LiveRefresh events={["discrepancy."]} about={decision_id} />
      <PageHeader
        back={{ href: "/discrepancies", label: "Discrepancies" }}
        title={<UntrustedInline text={summary} />}
        badges={<DiscrepancyBadge status={status} />}
        description={
          <>
            {app.name}, {type.name}, opened <Time at={opened_at} />
          </>
        }
        actions={<ButtonLink href={`/decisions/${decision_id}`}>See the decision</ButtonLink>}
      />
      <Card>
        <CardHeader title="Who says what" />
        <CardBody>
          <SidesGrid sides={discrepancy.sides} pairs={discrepancy.pairs} />
        </CardBody>
      </Card>
      <QuoteDraft key={`${discrepancy.updated_at} ${proposal?.at ?? ""}`} first={quotes}>
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <Card className="max-lg:order-last">
            <CardHeader title="The case" description={caseWords(status)} />
            <CardBody>
              {decides ? (
                <DraftEvidence evidence={discrepancy.evidence} />
              ) : (
                <QuotedEvidence evidence={discrepancy.evidence} quotes={quotes} />
              )}
            </CardBody>
          </Card>
          <div className="flex min-w-0 flex-col gap-4">
            <ProposalCard discrepancy={discrepancy} ask={mayDecide ? askAction : undefined} />
            {decides ? <Decide discrepancy={discrepancy} ctx={ctx} /> : null}
            {waits && !mayDecide ? <Waits isOwn={own_side} /> : null}
            {waits ? null : (
              <DecidedCard discrepancy={discrepancy} reopen={mayDecide ? reopenAction : undefined} />
            )}
            {status === "confirmed" ? <Rollup discrepancy={discrepancy} ctx={ctx} /> : null}
          </div>
        </div>
      </QuoteDraft>
    </Page>
  );
}

function caseWords(status: DiscrepancyView["status"]): string {
  const rest = "What the decision rested on; marked is";
  return status === "confirmed" ? `${rest} what the confirmed cause rests on.` : `${rest} what is quoted.`;
}

async function Decide({ discrepancy, ctx }: { discrepancy: DiscrepancyView; ctx: UserContext }) {
  const { data } = await listIssues(ctx, { app: discrepancy.app.id, limit: 100 });
  const issues = data.filter(({ type }) => type.id === discrepancy.type.id);
  const actions = { confirm: confirmAction, dismiss: dismissAction, reopen: reopenAction, ask: askAction };
  return <DecideCard discrepancy={discrepancy} issues={issues} actions={actions} />;
}

async function Rollup({ discrepancy, ctx }: { discrepancy: DiscrepancyView; ctx: UserContext }) {
  const { app, type, cause, issue } = discrepancy;
  const mayWrite = roleMay(ctx.actor.role, "issues.write");
  if (!cause || (!issue && !mayWrite)) return null;
  const issues = issue ? [] : await suggestIssues(ctx, { appId: app.id, typeId: type.id, cause });
  const actions = { attach: attachAction, create: createIssueAction, remove: removeFromIssueAction };
  return <IssueCard discrepancy={discrepancy} issues={issues} actions={mayWrite ? actions : undefined} />;
}

function Waits({ isOwn }: { isOwn: boolean }) {
  return (
    <Card>
      <CardHeader title="Waits for somebody" />
      <CardBody className="text-sm text-muted-foreground">
        {isOwn
          ? "Your own ruling is one of the sides: another auditor, or an admin, says which cause it was."
          : "An auditor or an admin says which cause it was."}
      </CardBody>
    </Card>
  );
}

function AnswerFirst() {
  return (
    <Page>
      <PageHeader back={{ href: "/discrepancies", label: "Discrepancies" }} title="Discrepancy" />
      <EmptyState title="Your answer first" icon={EyeOff}>
        You are still to answer this decision blind. Who said what is shown once you have.
      </EmptyState>
    </Page>
  );
}
