import type { Answer } from "@/components/identity/use-submit";
import type {
  AuditorView,
  ConfirmDiscrepancy,
  CreateIssue,
  DiscrepancyView,
  IssueView,
  SetAuditor,
} from "@/lib/discrepancies/schema";

/** The server actions of a discrepancy's page, handed down by it. */
export type DiscrepancyActions = {
  confirm: (input: ConfirmDiscrepancy & { id: string }) => Promise<Answer<DiscrepancyView>>;
  dismiss: (input: { id: string; note: string }) => Promise<Answer<DiscrepancyView>>;
  reopen: (input: { id: string }) => Promise<Answer<DiscrepancyView>>;
  ask: (input: { id: string }) => Promise<Answer<DiscrepancyView>>;
};

/** Putting discrepancies into issues. */
export type AttachActions = {
  attach: (input: { id: string; discrepancy_ids: string[] }) => Promise<Answer<IssueView>>;
  create: (input: NewIssue) => Promise<Answer<IssueView>>;
};

export type RemoveAction = (input: { id: string; discrepancyId: string }) => Promise<Answer<IssueView>>;
type NewIssue = Omit<CreateIssue, "description" | "discrepancy_ids"> & {
  description?: string | undefined;
  discrepancy_ids?: string[] | undefined;
};

/** A model that can be chosen. */
export type ModelChoice = { id: string; name: string };

export type SetAuditorAction = (
  input: Omit<SetAuditor, "model_id"> & { app: string; model_id: string | null },
) => Promise<Answer<AuditorView>>;
