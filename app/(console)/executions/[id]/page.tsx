import { notFound } from "next/navigation";
import { Chain } from "@/components/decisions/chain";
import { CompensateButton } from "@/components/decisions/compensate-button";
import { UndoHold } from "@/components/decisions/undo-hold";
import { AttemptTimeline } from "@/components/execution/attempt-timeline";
import { DeskActions } from "@/components/execution/desk-actions";
import { ExecutionFacts } from "@/components/execution/execution-facts";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { JsonView } from "@/components/ui/json-view";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { getChain } from "@/lib/execution/server/get-chain";
import { getCompensationOffer } from "@/lib/execution/server/get-compensation-offer";
import { getExecution } from "@/lib/execution/server/get-execution";
import type { ExecutionStatus } from "@/lib/execution/schema";
import { errorSentence, stateSentence } from "@/lib/execution/words";
import { roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { compensateAction, undoApprovalAction } from "../../decisions/actions";
import { lookUpExecutionAction, resolveExecutionAction, retryExecutionAction } from "../actions";
import { titled } from "../../titled";

export const generateMetadata = titled(
  "Execution",
  async (ctx, { id }: { id: string }) => (await getExecution(ctx, { id })).summary,
);

const open: readonly ExecutionStatus[] = ["unknown", "dead", "disputed"];

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ from?: string | string[] }> };

export default async function ExecutionPage({ params, searchParams }: Props) {
  const ctx = await userContext();
  const execution = await executionOrNotFound(ctx, (await params).id);
  const system = execution.connector?.name ?? "the system";
  const hasDesk = open.includes(execution.status) && roleMay(ctx.actor.role, "executions.resolve");
  const isFromDesk = (await searchParams).from === "reconcile";
  const [offer, steps] = await Promise.all([
    getCompensationOffer(ctx, { executionId: execution.id }),
    getChain(ctx, { decisionId: execution.decision_id }),
  ]);
  return (
    <Page width="wide">
      <LiveRefresh events={["decision.", "execution."]} about={execution.decision_id} />
      <PageHeader
        back={
          isFromDesk
            ? { href: "/reconcile", label: "Reconcile" }
            : { href: "/executions", label: "Executions" }
        }
        title={<UntrustedInline text={execution.summary} />}
        badges={<StatusBadge kind="execution" status={execution.status} />}
        description={stateSentence(execution, system)}
        actions={
          <>
            {hasDesk ? (
              <DeskActions
                execution={execution}
                lookUp={lookUpExecutionAction}
                resolve={resolveExecutionAction}
                retry={retryExecutionAction}
              />
            ) : null}
            <CompensateButton executionId={execution.id} offer={offer} propose={compensateAction} />
          </>
        }
      />
      {execution.status === "pending" && execution.held_until ? (
        <UndoHold
          decisionId={execution.decision_id}
          heldUntil={execution.held_until}
          undo={roleMay(ctx.actor.role, "decisions.undo") ? undoApprovalAction : undefined}
        />
      ) : null}
      {execution.error ? (
        <p className="rounded-card border bg-surface-2 px-4 py-2 text-sm">
          <UntrustedInline text={errorSentence(execution.error)} />
        </p>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <ExecutionFacts execution={execution} />
        <Card>
          <CardHeader title="What was approved" description="The arguments as they were signed." />
          <CardBody className="overflow-x-auto">
            <JsonView value={execution.arguments} />
          </CardBody>
        </Card>
      </div>
      <Chain steps={steps} decisionId={execution.decision_id} />
      <Card>
        <CardHeader
          title="Attempts"
          description="Every request and answer as it was; the credential is masked."
        />
        <CardBody>
          <AttemptTimeline attempts={execution.attempt_log} system={system} />
        </CardBody>
      </Card>
    </Page>
  );
}

async function executionOrNotFound(ctx: UserContext, id: string) {
  try {
    return await getExecution(ctx, { id });
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not_found") notFound();
    throw error;
  }
}
