import type { Answer } from "@/components/identity/use-submit";
import type { ContractView, ProposalView } from "@/lib/autonomy/views";
import type { Asked } from "./threshold-queries";
import type { Change, Looking } from "./use-looking";

export type ProposeAction = (input: {
  contract: string;
  kind: "threshold";
  threshold: number;
  version: number;
  reason: string;
}) => Promise<Answer<ProposalView>>;

/** What the parts of the page share beside the figures. */
export type BoardState = {
  app: { id: string; name: string };
  asked: Asked;
  looking: Looking;
  change: Change;
  contract: ContractView | null;
  propose: ProposeAction | undefined;
};
