import Link from "next/link";
import type { ReactNode } from "react";
import { SubjectLink } from "@/components/decisions/subject-link";
import { Money } from "@/components/ui/money";
import { formatMoney } from "@/components/ui/money-text";
import { capStanding } from "@/lib/reviews/impact";
import type { ReviewView } from "@/lib/reviews/schema";

const undoing = {
  reversible: "It can be undone afterwards.",
  compensable: "It cannot be taken back; a second action can make it good.",
  irreversible: "It cannot be undone.",
};

/** What follows from approving: what runs, what it moves, whom it concerns and whether anything undoes it. */
export function Impact({ review }: { review: ReviewView }) {
  const { amount, action, subject, undone_by: remedy } = review;
  return (
    <section aria-labelledby="proposal-impact" className="flex flex-col gap-1">
      <h2 id="proposal-impact" className="text-sm font-semibold">
        Impact
      </h2>
      <ul className="flex list-disc flex-col gap-1 ps-5 text-base">
        <li>
          {action
            ? `Approving runs “${action.name}” on ${action.connector}.`
            : "Nothing is carried out; this is a ruling only."}
        </li>
        {review.undoes ? (
          <li>
            It undoes{" "}
            <QuietLink href={`/decisions/${review.undoes.decision_id}`}>what another decision did</QuietLink>,
            and only while that is as it left it.
          </li>
        ) : null}
        {amount ? (
          <li>
            It moves <Money {...amount} />
            {capWords(review)}.
          </li>
        ) : null}
        {subject ? (
          <li>
            It concerns <SubjectLink subject={subject} />.
          </li>
        ) : null}
        <li
          className={review.reversibility === "irreversible" ? "font-semibold text-declined-text" : undefined}
        >
          {undoing[review.reversibility]}
          {remedy ? ` “${remedy}” undoes it.` : null}
        </li>
      </ul>
    </section>
  );
}

/** A link inside a sentence. */
export function QuietLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="underline decoration-border-strong underline-offset-4">
      {children}
    </Link>
  );
}

function capWords({ amount, route: { amount_cap: cap } }: ReviewView): string {
  if (cap === null) return "";
  const most = formatMoney(cap.amount, cap.currency);
  switch (capStanding({ amount, cap })) {
    case "above":
      return `, above the cap of ${most}`;
    case "within":
      return `, within the cap of ${most}`;
    case "other_currency":
      return `; the cap of ${most} is in another currency`;
    case "none":
      return "";
  }
}
