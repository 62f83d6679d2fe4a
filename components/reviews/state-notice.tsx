"use client";

import dynamic from "next/dynamic";
import { CircleStop, Clock, Eye, Lock, Moon } from "lucide-react";
import type { ReactNode } from "react";
import { useKeyOf } from "@/components/shell/keymap";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { StatusBadge } from "@/components/ui/status-badge";
import { Countdown, Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ReviewView } from "@/lib/reviews/schema";
import { pastOf } from "@/lib/reviews/words";
import type { ReviewActions, Viewer } from "./answers";

// Most reviews need one approval, and are nobody else's.
const HolderActions = dynamic(() => import("./holder-actions").then((module) => module.HolderActions));
const ApprovalsNotice = dynamic(() => import("./approvals-notice").then((module) => module.ApprovalsNotice));

type Props = {
  review: ReviewView;
  viewer: Viewer;
  onUndo: () => void;
  breakGlass?: ReviewActions["breakGlass"];
};

const asksMore = ({ approvals }: ReviewView) => approvals.rule !== null || approvals.refusal !== null;

/** Why this review cannot be ruled on as usual, if so: who was first and how, or what stands still. */
export function StateNotice({ review, viewer, onUndo, breakGlass }: Props) {
  return (
    <div role="status" className="empty:hidden">
      <Standing review={review} viewer={viewer} onUndo={onUndo} />
      {asksMore(review) ? <ApprovalsNotice review={review} viewer={viewer} breakGlass={breakGlass} /> : null}
      {review.stop ? (
        <Notice icon={<CircleStop aria-hidden />} tone="alert">
          {review.stop.scope === "global" ? "Everything is stopped" : `${review.app.name} is stopped`}:
          verdicts are recorded, and nothing is carried out until an admin resumes.
          {/* Of a stop of everything the banner above every page says why. */}
          {review.stop.reason && review.stop.scope !== "global" ? (
            <>
              {" "}
              Reason: <UntrustedInline text={review.stop.reason} />
            </>
          ) : null}
        </Notice>
      ) : null}
    </div>
  );
}

function Standing({ review, viewer, onUndo }: Props) {
  const keyOf = useKeyOf();
  const { staged, held_by, verdict, resolved_by, resolved_at } = review;
  const nameOf = (person: { id: string; name: string } | null) =>
    person?.id === viewer.id ? "You" : (person?.name ?? "Somebody");
  if (verdict && resolved_at) {
    return (
      <Notice icon={<StatusBadge kind="verdict" status={verdict} />}>
        {nameOf(resolved_by)} {pastOf[verdict]} this <Time at={resolved_at} />.
        {review.reason_code ? ` Reason: ${review.reason_code}.` : null}
        {review.note ? (
          <>
            {" "}
            Note: <UntrustedInline text={review.note} />
          </>
        ) : null}
      </Notice>
    );
  }
  if (review.status === "expired") {
    return <Notice icon={<Clock aria-hidden />}>The time for this is over. Nothing was carried out.</Notice>;
  }
  if (review.status === "cancelled") {
    return (
      <Notice icon={<StatusBadge kind="review" status="cancelled" />}>
        The app took this back. There is nothing to rule on.
      </Notice>
    );
  }
  if (staged) {
    return (
      <Notice icon={<StatusBadge kind="verdict" status={staged.verdict} />}>
        {nameOf(staged.by)} {pastOf[staged.verdict]} this; it takes effect in{" "}
        <Countdown at={staged.effective_at} />.
        {staged.by.id === viewer.id ? (
          <Button size="sm" className="ms-2" shortcut={keyOf("undo")} onClick={onUndo}>
            Undo
          </Button>
        ) : null}
      </Notice>
    );
  }
  if (held_by && held_by.id !== viewer.id) {
    return (
      <Notice
        icon={<Lock aria-hidden />}
        tone="alert"
        actions={<HolderActions reviewId={review.id} viewer={viewer} />}
      >
        {held_by.name} holds this
        {review.lease_until ? (
          <>
            {" "}
            for <Countdown at={review.lease_until} /> more
          </>
        ) : null}
        . You can read it, not rule on it.
      </Notice>
    );
  }
  if (review.status === "snoozed" && review.snoozed_until) {
    return (
      <Notice icon={<Moon aria-hidden />}>
        Snoozed; it comes back <Time at={review.snoozed_until} />. Ruling on it wakes it up.
      </Notice>
    );
  }
  if (!viewer.mayRule)
    return <Notice icon={<Eye aria-hidden />}>You are reading. Only reviewers rule.</Notice>;
  return null;
}

type NoticeProps = { icon: ReactNode; tone?: "alert"; actions?: ReactNode; children: ReactNode };

function Notice({ icon, tone, actions, children }: NoticeProps) {
  return (
    <div
      className={cn(
        "flex items-center gap-2 border-b px-4 max-md:flex-wrap py-2 text-sm [&>svg]:size-4 [&>svg]:shrink-0 md:px-6",
        tone === "alert" ? "bg-escalated-soft text-escalated-text" : "bg-surface-2",
      )}
    >
      {icon}
      <p className="min-w-0 flex-1">{children}</p>
      {actions}
    </div>
  );
}
