"use client";

import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { StatusBadge } from "@/components/ui/status-badge";
import { titleOf } from "@/components/ui/page-title";
import { Countdown } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ReviewView } from "@/lib/reviews/schema";
import { afterPaint } from "./after-paint";
import type { Viewer } from "./answers";
import { Due } from "./due";

type Props = { review: ReviewView; viewer: Viewer; place: string | undefined; listHref: string };

/** Where the person is, how long is left, who holds it, and the one sentence that matters. */
export function FocusHeader({ review, viewer, place, listHref }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(review.id);
  useEffect(() => {
    // A new item is announced where reading starts; the first one leaves the focus where the page put it.
    if (shown.current !== review.id) heading.current?.focus({ preventScroll: true });
    shown.current = review.id;
  }, [review.id]);
  useEffect(() => {
    // Nobody asks the server for a page here: the tab is named as its page would be.
    afterPaint(() => (document.title = `${titleOf(review.summary, "Review")} · Countersign`));
  }, [review.summary]);
  const live = review.resolved_at === null;
  return (
    <header className="flex flex-col gap-1 border-b bg-surface px-4 py-3 md:px-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted-foreground">
        <Link
          href={listHref}
          className="-ms-1 inline-flex min-h-6 items-center gap-0.5 hover:text-foreground"
        >
          <ChevronLeft aria-hidden className="size-3.5 rtl:rotate-180" />
          Inbox
        </Link>
        {place ? <span className="tabular-nums">{place}</span> : null}
        <span>
          {review.kind === "appeal" ? "Appeal · " : null}
          {review.app.name} · {review.type.name}
        </span>
        {live ? <Due review={review} /> : null}
        {review.escalation_level > 0 ? <StatusBadge kind="escalation" status="escalated" /> : null}
        {live && review.held_by?.id === viewer.id && review.lease_until && !review.staged ? (
          <span>
            Claimed by you, <Countdown at={review.lease_until} />
          </span>
        ) : null}
      </div>
      <h1 ref={heading} tabIndex={-1} className="text-lg font-semibold text-balance outline-none">
        <UntrustedInline text={review.summary} />
      </h1>
    </header>
  );
}
