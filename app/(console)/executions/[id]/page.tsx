import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Chain } from "@/components/decisions/chain";
import { CompensateButton } from "@/components/decisions/compensate-button";
import { UndoHold } from "@/components/decisions/undo-hold";
import { AttemptTimeline } from "@/components/execution/attempt-timeline";
import { ExecutionFacts } from "@/components/execution/execution-facts";
import { LookUpButton } from "@/components/execution/look-up-button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { JsonView } from "@/components/ui/json-view";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { getChain } from "@/lib/execution/server/get-chain";
import { getCompensationOffer } from "@/lib/execution/server/get-compensation-offer";
import { getExecution } from "@/lib/execution/server/get-execution";
import { errorSentence, stateSentence } from "@/lib/execution/words";
import { roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { compensateAction, undoApprovalAction } from "../../decisions/actions";
import { lookUpExecutionAction } from "../actions";

export const metadata: Metadata = { title: "Execution" };

export default async function ExecutionPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await userContext();
  const execution = await executionOrNotFound(ctx, (await params).id);
  const system = execution.connector?.name ?? "the system";
  const mayLookUp = execution.can_look_up && roleMay(ctx.actor.role, "executions.look_up");
  const [offer, steps] = await Promise.all([
    getCompensationOffer(ctx, { executionId: execution.id }),
    getChain(ctx, { decisionId: execution.decision_id }),
  ]);
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: "/executions", label: "Executions" }}
        title={<UntrustedInline text={execution.summary} />}
        badges={<StatusBadge kind="execution" status={execution.status} />}
        description={stateSentence(execution, system)}
        actions={
          <>
            {mayLookUp ? <LookUpButton executionId={execution.id} lookUp={lookUpExecutionAction} /> : null}
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
