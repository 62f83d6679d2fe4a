"use client";

import Link from "next/link";
import { Money } from "@/components/ui/money";
import { formatMoney } from "@/components/ui/money-text";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { capStanding } from "@/lib/reviews/impact";
import type { ReviewView } from "@/lib/reviews/schema";
import type { Viewer } from "./answers";
import { changesOf } from "./edit-values";
import { ObservedState } from "./observed-state";
import { ReturnedNotice } from "./returned-notice";
import { SeverityMark } from "./severity-mark";

type Props = { review: ReviewView; viewer: Viewer; edited: JsonObject | null };

/** What approving would do, drawn by us from validated fields; the model's own words stand elsewhere. */
export function ProposalPanel({ review, viewer, edited }: Props) {
  const { decision, amount } = review;
  const changes = edited ? changesOf(decision.arguments, edited) : [];
  return (
    <div className="flex flex-col gap-5">
      <ReturnedNotice review={review} viewer={viewer} />
      {amount ? (
        <p className="flex items-baseline gap-3">
          <Money {...amount} className="text-2xl font-semibold" />
          <SeverityMark severity={review.severity} />
        </p>
      ) : (
        <SeverityMark severity={review.severity} />
      )}
      {review.predicted === "negative" ? (
        <p className="rounded-control bg-review-soft px-3 py-2 text-sm text-review-text">
          The model recommends <strong>not</strong> to act. Approving acts all the same; declining agrees with
          it.
        </p>
      ) : null}
      <section aria-labelledby="proposal-fields" className="flex flex-col gap-2">
        <h2 id="proposal-fields" className="text-sm font-semibold">
          {edited ? "Proposed → edited" : "Exactly this is carried out"}
        </h2>
        <dl className="divide-y rounded-card border">
          {fieldsOf(decision.arguments, edited).map(([key, value]) => {
            const change = changes.find((each) => each.key === key);
            return (
              <div
                key={key}
                className="grid grid-cols-[minmax(6rem,30%)_minmax(0,1fr)] gap-3 px-3 py-2 text-sm"
              >
                <dt className="text-muted-foreground">
                  <UntrustedInline text={key} />
                </dt>
                <dd className="min-w-0">
                  {change ? (
                    <Changed review={review} field={key} before={change.before} after={change.after} />
                  ) : (
                    <Value review={review} field={key} value={value} />
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
      </section>
      <ObservedState observed={review.observed} />
      <Impact review={review} />
    </div>
  );
}

function fieldsOf(args: JsonObject, edited: JsonObject | null): [string, JsonValue | undefined][] {
  return Object.entries({ ...args, ...edited });
}

type ValueProps = { review: ReviewView; field: string; value: JsonValue | undefined };

function Value({ review, field, value }: ValueProps) {
  if (value === undefined) return <span className="text-subtle-foreground">not given</span>;
  const isAmount = review.amount_pointer === `/${field}` && typeof value === "number" && review.amount;
  if (isAmount && review.amount) {
    return <span className="font-semibold tabular-nums">{formatMoney(value, review.amount.currency)}</span>;
  }
  if (typeof value === "string") return <UntrustedText text={value} />;
  return <UntrustedText text={JSON.stringify(value, null, 1)} mono />;
}

type ChangedProps = {
  review: ReviewView;
  field: string;
  before: JsonValue | undefined;
  after: JsonValue | undefined;
};

/** Signs and marks, not colour alone. */
function Changed({ review, field, before, after }: ChangedProps) {
  return (
    <div className="flex flex-col gap-1">
      <del className="flex gap-2 rounded-sm bg-declined-soft px-1.5 text-declined-text">
        <span aria-hidden>−</span>
        <Value review={review} field={field} value={before} />
      </del>
      <ins className="flex gap-2 rounded-sm bg-approved-soft px-1.5 text-approved-text no-underline">
        <span aria-hidden>+</span>
        <Value review={review} field={field} value={after} />
      </ins>
    </div>
  );
}

const undoing = {
  reversible: "It can be undone afterwards.",
  compensable: "It cannot be taken back; a second action can make it good.",
  irreversible: "It cannot be undone.",
};

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

function Impact({ review }: { review: ReviewView }) {
  const { amount, action } = review;
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
            <Link
              href={`/decisions/${review.undoes.decision_id}`}
              prefetch={false}
              className="underline decoration-border-strong underline-offset-4"
            >
              what another decision did
            </Link>
            , and only while that is as it left it.
          </li>
        ) : null}
        {amount ? (
          <li>
            It moves <Money {...amount} />
            {capWords(review)}.
          </li>
        ) : null}
        <li
          className={review.reversibility === "irreversible" ? "font-semibold text-declined-text" : undefined}
        >
          {undoing[review.reversibility]}
        </li>
      </ul>
    </section>
  );
}
