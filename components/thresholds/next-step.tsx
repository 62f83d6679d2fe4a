"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { useToast } from "@/components/ui/toast";
import type { ThresholdData } from "@/lib/autonomy/threshold-endpoints";
import type { ContractView } from "@/lib/autonomy/views";
import type { BoardState, ProposeAction } from "./board-state";
import { thresholdText } from "@/lib/autonomy/threshold-text";
import type { Reckoning } from "./use-reckoning";

// A dialog is fetched when somebody wants to propose.
const ConfirmDialog = dynamic(
  () => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog),
  { loading: () => null },
);

type Props = { data: ThresholdData; reckoning: Reckoning; state: BoardState };

/** From the draft to what is in force: by the contract, or by making one. */
export function NextStep({ data, reckoning, state }: Props) {
  const { contract, propose, app } = state;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-card border bg-card px-4 py-3">
      <p className="min-w-0 text-sm">{contract ? contractWords(contract, reckoning) : handWords(data)}</p>
      <div className="hidden flex-wrap items-center gap-2 md:flex">
        {propose ? (
          <ButtonLink variant="ghost" href={replayAddress(state, reckoning.draft)}>
            Replay {thresholdText(reckoning.draft)}
          </ButtonLink>
        ) : null}
        {contract ? (
          <Steps contract={contract} reckoning={reckoning} state={state} />
        ) : (
          <>
            <ButtonLink href={`/apps/${app.id}#autonomy-${data.type.id}`}>Set it by hand</ButtonLink>
            {propose ? (
              <ButtonLink variant="primary" href={`/apps/${app.id}/contracts`}>
                Make a contract
              </ButtonLink>
            ) : null}
          </>
        )}
      </div>
    </div>
  );
}

/** The time machine's form: the same draft through the router itself, on up to a million decisions. */
function replayAddress({ app, asked }: BoardState, draft: number): string {
  const query = new URLSearchParams({ type: asked.type, [asked.predicted]: String(draft) });
  return `/apps/${app.id}/replays/new?${query.toString()}`;
}

function handWords({ in_force: { level, threshold, by } }: ThresholdData): string {
  if (by === "contract") return "Contracts govern these, each its own amounts: choose one of them above.";
  if (threshold !== null) {
    return `${thresholdText(threshold)} was set by hand. Nothing proves that it keeps what it promises; a contract would, and takes autonomy back by itself.`;
  }
  return level === "shadow"
    ? "In shadow: what the app proposes is recorded only. A contract says what evidence it takes for more."
    : "A person decides all of these. A contract says what evidence it takes for more, and watches over it.";
}

function contractWords(contract: ContractView, { draft }: Reckoning): string {
  if (contract.proposal?.threshold != null) {
    return `${thresholdText(contract.proposal.threshold)} waits for a second admin: ${contract.proposal.proposed_by.name} proposed it.`;
  }
  return isProposable(contract, draft)
    ? `${thresholdText(draft)} is certified: two admins can let it run alone from there.`
    : contract.next_step;
}

/** Certified, and more permissive than what is in force. */
function isProposable({ evidence, level, threshold }: ContractView, draft: number): boolean {
  const isMore = level !== "auto" || threshold === null || draft < threshold;
  return isMore && evidence.thresholds.some((one) => one.certified && one.threshold === draft);
}

type StepsProps = { contract: ContractView; reckoning: Reckoning; state: BoardState };

function Steps({ contract, reckoning: { draft }, state }: StepsProps) {
  const { app, change, propose } = state;
  const best = contract.evidence.most_permissive;
  const canMove = best !== null && best !== draft && isProposable(contract, best);
  return (
    <>
      <ButtonLink href={`/apps/${app.id}/contracts/${contract.id}`}>
        {contract.proposal ? "Look at the proposal" : "Open the contract"}
      </ButtonLink>
      {canMove && !contract.proposal ? (
        <Button onClick={() => change({ at: best })}>Try {thresholdText(best)}, certified</Button>
      ) : null}
      {propose && !contract.proposal && isProposable(contract, draft) ? (
        <Propose contract={contract} threshold={draft} propose={propose} />
      ) : null}
    </>
  );
}

type ProposeProps = { contract: ContractView; threshold: number; propose: ProposeAction };

function Propose({ contract, threshold, propose }: ProposeProps) {
  const [open, setOpen] = useState(false);
  const { toast } = useToast();
  const client = useQueryClient();
  async function confirm(reason: string) {
    const { id, version } = contract;
    await orThrow(propose({ contract: id, kind: "threshold", threshold, version, reason }));
    toast({ title: `Proposed: run alone from ${thresholdText(threshold)} up`, tone: "success" });
    await client.invalidateQueries({ queryKey: ["contracts"] });
  }
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Propose {thresholdText(threshold)}
      </Button>
      {open ? (
        <ConfirmDialog
          open={open}
          onOpenChange={setOpen}
          title={`Let it run alone from ${thresholdText(threshold)} up?`}
          description="Nothing changes until another admin signs. The figures of now are kept with the proposal and looked at again when it is signed."
          confirmLabel="Propose"
          reason="required"
          onConfirm={confirm}
        />
      ) : null}
    </>
  );
}
