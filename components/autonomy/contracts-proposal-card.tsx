import {
  ProposalButtons,
  ProposalFrame,
  type ProposalActions,
} from "@/components/autonomy/contracts-proposal";
import { ProposalWait, type ReplayAction } from "@/components/autonomy/contracts-proposal-wait";
import { DefinitionList } from "@/components/ui/definition-list";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { SigningWait } from "@/lib/autonomy/signing-wait";
import { ThresholdView } from "@/lib/autonomy/views";
import type { ContractView, ProposalView, TermsView } from "@/lib/autonomy/views";
import { thresholdText } from "@/lib/autonomy/threshold-text";
import { percentText, proposalWords } from "@/lib/autonomy/words";
import { termDiff } from "@/lib/autonomy/term-diff";

type Props = {
  contract: ContractView;
  proposal: ProposalView;
  viewer: "proposer" | "signer" | "reader";
  waits: SigningWait | null;
  actions: ProposalActions & { replay?: ReplayAction };
};

/** What waits for a second admin, with the figures it rests on as they stood when it was made. */
export function ProposalCard({ contract, proposal, viewer, waits, actions }: Props) {
  const { replay, ...decide } = actions;
  return (
    <ProposalFrame>
      <div className="flex flex-col gap-3">
        <div>
          <h2 id="proposal-title" className="text-md font-semibold">
            {proposalWords[proposal.kind]}
            {proposal.threshold === null ? "" : ` from confidence ${thresholdText(proposal.threshold)} on`}
          </h2>
          <p className="text-sm">
            Proposed by {proposal.proposed_by.name} <Time at={proposal.created_at} />:{" "}
            <UntrustedInline text={proposal.reason} />
          </p>
        </div>
        <DefinitionList items={[...evidenceItems(proposal), ...termItems(contract, proposal.terms)]} />
        <ProposalButtons
          contract={contract.id}
          proposal={proposal.id}
          viewer={viewer}
          waits={
            waits && proposal.threshold !== null ? (
              <ProposalWait
                wait={waits}
                of={{
                  app: contract.app.id,
                  type: contract.type.key,
                  predicted: contract.predicted,
                  threshold: proposal.threshold,
                }}
                replay={replay}
              />
            ) : null
          }
          actions={decide}
        />
      </div>
    </ProposalFrame>
  );
}

function evidenceItems({ evidence, kind }: ProposalView) {
  const figures = ThresholdView.safeParse(evidence["figures"]).data;
  if (!figures || kind === "terms") return [];
  const { n, wrong, error, error_lower: lower, error_upper: upper } = figures;
  const weighted =
    error === null || lower === null || upper === null
      ? ""
      : `: weighted ${percentText(error)} (95 % interval ${percentText(lower)} – ${percentText(upper)})`;
  return [
    {
      term: "Evidence then",
      detail: `${wrong.toLocaleString("en")} of ${n.toLocaleString("en")} were wrong${weighted}`,
    },
    { term: "Certified at", detail: `an error probability of ${percentText(figures.level)}` },
  ];
}

function termItems({ terms, currency }: ContractView, wanted: TermsView | null) {
  if (!wanted) return [];
  return termDiff(terms, wanted, currency).map(({ name, before, after }) => ({
    term: name,
    detail: (
      <>
        <del className="text-muted-foreground">{before}</del> →{" "}
        <ins className="font-semibold no-underline">{after}</ins>
      </>
    ),
  }));
}
