import type { Answer } from "@/components/identity/use-submit";
import type { SavedView } from "@/lib/identity/saved-views";
import type { ViewPage } from "@/lib/identity/view-query";

/** The server actions behind the menu of saved views. */
export type ViewActions = {
  save: (input: {
    page: ViewPage;
    name: string;
    query: string;
    shared: boolean;
  }) => Promise<Answer<SavedView>>;
  change: (input: {
    id: string;
    name?: string;
    query?: string;
    shared?: boolean;
  }) => Promise<Answer<SavedView>>;
  remove: (input: { id: string }) => Promise<Answer<{ id: string }>>;
};
