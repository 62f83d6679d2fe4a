import { Undo2 } from "lucide-react";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ReviewView } from "@/lib/reviews/schema";
import type { Viewer } from "./answers";
import { ChangesList } from "./changes-list";

/** Why this came back after an approval: nothing was sent, and what it rested on no longer holds. */
export function ReturnedNotice({ review, viewer }: { review: ReviewView; viewer: Viewer }) {
  const { returned, assigned_to: approver } = review;
  if (!returned) return null;
  const who =
    approver === null ? "it was approved" : approver.id === viewer.id ? "you approved" : "it was approved";
  return (
    <section
      aria-labelledby="came-back"
      className="flex flex-col gap-2 rounded-card border border-escalated bg-escalated-soft px-3 py-2"
    >
      <h2 id="came-back" className="flex items-center gap-2 text-sm font-semibold text-escalated-text">
        <Undo2 aria-hidden className="size-4 shrink-0" />
        {returned.code === "changed" ? `Changed since ${who}` : titles[returned.code]}
      </h2>
      {returned.changes.length > 0 ? (
        <ChangesList changes={returned.changes} />
      ) : (
        <p className="text-sm">
          <UntrustedInline text={returned.message} />
        </p>
      )}
      <p className="text-sm text-muted-foreground">
        Nothing was sent.{" "}
        {review.decision.edited_arguments ? "What is shown is what was approved, edits included. " : null}
        {approver && approver.id !== viewer.id ? `${approver.name} approved it before. ` : null}
        Approving it again rests on how things are now.
      </p>
    </section>
  );
}

const titles = {
  over_budget: "Approved, but over budget",
  lapsed: "The approval lapsed before it was carried out",
  stepped_down: "Autonomy was taken back before it was carried out",
};
