import { notFound } from "next/navigation";
import { TakeButton } from "@/components/autonomy/contracts-actions";
import { EvidenceCard, WatchCard } from "@/components/autonomy/contracts-evidence";
import { HistoryCard } from "@/components/autonomy/contracts-history";
import { PeriodCard, PromiseCard, TermsCard } from "@/components/autonomy/contracts-promise";
import { ProposalCard } from "@/components/autonomy/contracts-proposal-card";
import { type CertifiedChoice, ProposeDialog } from "@/components/autonomy/contracts-propose-dialog";
import { TermsDialog } from "@/components/autonomy/contracts-terms-dialog";
import { Badge } from "@/components/ui/badge";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { getContract } from "@/lib/autonomy/server/get-contract";
import { listContractChanges } from "@/lib/autonomy/server/list-contract-changes";
import { signingWaitsFor } from "@/lib/autonomy/server/signing-waits-for";
import type { ContractView } from "@/lib/autonomy/views";
import { bandText, percentText, predictionWords } from "@/lib/autonomy/words";
import { roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { createReplayAction } from "../../replays/actions";
import {
  archiveAction,
  declineAction,
  proposeAction,
  rollBackAction,
  signAction,
  stepDownAction,
  updateTermsAction,
  withdrawAction,
} from "../actions";
import { titled } from "../../../../titled";

export const generateMetadata = titled(
  "Autonomy contract",
  async (ctx, { contract }: { contract: string }) => {
    const { app, type } = await getContract(ctx, { contract });
    return `${type.name} of ${app.name}`;
  },
);

type Props = {
  params: Promise<{ id: string; contract: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
};

export default async function ContractPage({ params, searchParams }: Props) {
  const ctx = await userContext();
  const { id, contract: ref } = await params;
  const { after } = await searchParams;
  const contract = await getContract(ctx, { contract: ref }).catch(orNotFound);
  if (contract.app.id !== id && contract.app.key !== id) notFound();
  const changes = await listContractChanges(ctx, {
    contract: contract.id,
    limit: 20,
    starting_after: typeof after === "string" ? after : undefined,
  });
  const here = `/apps/${contract.app.id}/contracts/${contract.id}`;
  const { proposal } = contract;
  return (
    <Page width="wide">
      <PageHeader
        back={{ href: `/apps/${contract.app.id}/contracts`, label: `Contracts of ${contract.app.name}` }}
        title={contract.type.name}
        description={`${predictionWords[contract.predicted].name}, ${bandText(contract)}`}
        badges={
          <>
            <StatusBadge kind="level" status={contract.level} />
            {contract.archived_at ? <Badge tone="idle">Archived</Badge> : null}
          </>
        }
        actions={contract.archived_at ? null : <Actions ctx={ctx} contract={contract} />}
      />
      {proposal ? (
        <ProposalCard
          contract={contract}
          proposal={proposal}
          viewer={viewerOf(ctx, proposal.proposed_by.id)}
          waits={await signingWaitsFor(ctx, contract)}
          actions={{
            sign: signAction,
            decline: declineAction,
            withdraw: withdrawAction,
            replay: roleMay(ctx.actor.role, "replays.run") ? createReplayAction : undefined,
          }}
        />
      ) : null}
      <PromiseCard contract={contract} />
      <div className="grid gap-4 lg:grid-cols-2">
        <PeriodCard contract={contract} />
        <WatchCard contract={contract} />
      </div>
      <EvidenceCard contract={contract} />
      <TermsCard
        contract={contract}
        change={
          roleMay(ctx.actor.role, "contracts.write") && contract.archived_at === null ? (
            <TermsDialog contract={contract} tighten={updateTermsAction} propose={proposeAction} />
          ) : null
        }
      />
      <HistoryCard
        changes={changes.data}
        currency={contract.currency}
        nextHref={changes.has_more ? `${here}?after=${changes.data.at(-1)?.id}` : undefined}
        newestHref={after === undefined ? undefined : here}
      />
    </Page>
  );
}

function Actions({ ctx, contract }: { ctx: UserContext; contract: ContractView }) {
  const { role } = ctx.actor;
  const mayWrite = roleMay(role, "contracts.write");
  const runsAlone = contract.level === "auto";
  const choices = mayWrite && contract.proposal === null ? choicesOf(contract) : [];
  return (
    <>
      {choices.length > 0 ? (
        <ProposeDialog
          contract={{ id: contract.id, version: contract.version }}
          choices={choices}
          promise={contract.promise.charAt(0).toLowerCase() + contract.promise.slice(1)}
          propose={proposeAction}
        />
      ) : null}
      {mayWrite && runsAlone ? (
        <TakeButton contract={contract.id} kind="roll_back" take={rollBackAction} />
      ) : null}
      {runsAlone && roleMay(role, "contracts.step_down") ? (
        <TakeButton contract={contract.id} kind="step_down" take={stepDownAction} />
      ) : null}
      {mayWrite && !runsAlone ? (
        <TakeButton contract={contract.id} kind="archive" take={archiveAction} />
      ) : null}
    </>
  );
}

/** Certified thresholds that would let more run alone than now, the most permissive first. */
function choicesOf({ level, threshold, evidence }: ContractView): CertifiedChoice[] {
  if (level === "shadow") return [];
  const above = level === "auto" && threshold !== null ? threshold : Infinity;
  return evidence.thresholds
    .filter((one) => one.certified && one.threshold < above)
    .toReversed()
    .map((one) => ({
      threshold: one.threshold,
      says: `${one.wrong.toLocaleString("en")} of ${one.n.toLocaleString("en")} at or above it were wrong (${percentText(one.error ?? 0)})`,
    }));
}

function viewerOf(ctx: UserContext, proposer: string): "proposer" | "signer" | "reader" {
  if (!roleMay(ctx.actor.role, "contracts.sign")) return "reader";
  return ctx.actor.id === proposer ? "proposer" : "signer";
}

function orNotFound(error: unknown): never {
  if (error instanceof DomainError && error.kind === "not_found") notFound();
  throw error;
}
