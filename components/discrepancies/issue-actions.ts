import type { Answer } from "@/components/identity/use-submit";
import type { IssueView } from "@/lib/discrepancies/schema";

export type Candidate = { kind: "prompt" | "local_model" | "policy"; id: string };

/** The server actions of an issue's page; left out is what this person may not. */
export type IssueActions = {
  update: (input: {
    id: string;
    version: number;
    title?: string | undefined;
    description?: string | undefined;
    owner_id?: string | null | undefined;
  }) => Promise<Answer<IssueView>>;
  close: (input: { id: string }) => Promise<Answer<IssueView>>;
  refresh?: ((input: { issue: string }) => Promise<Answer<{ id: string }>>) | undefined;
  experiment?:
    | ((input: { issue: string; candidate: Candidate; margin: number }) => Promise<Answer<{ id: string }>>)
    | undefined;
};
