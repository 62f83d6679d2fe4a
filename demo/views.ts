import { SaveView } from "@/lib/identity/saved-views";
import { saveView } from "@/lib/identity/server/save-view";
import type { Context } from "@/lib/server/context";

const views = [
  { page: "decisions", name: "Declined by a person", query: "route=review&status=declined" },
  { page: "decisions", name: "Refunds that ran alone", query: "app=refund-desk&route=execute" },
  { page: "inbox", name: "Refunds that wait", query: "app=refund-desk&tab=open" },
  { page: "executions", name: "Failed at the target", query: "show=failed" },
];

/** Filters that everybody in the demo finds beside the lists. */
export async function seedViews(ctx: Context): Promise<void> {
  for (const view of views) await saveView(ctx, SaveView.parse({ ...view, shared: true }));
}
