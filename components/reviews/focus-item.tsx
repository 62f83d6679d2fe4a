"use client";

import { useEffect, useRef, useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import type { Ruling, ReviewView } from "@/lib/reviews/schema";
import { ActionBar } from "./action-bar";
import type { ReviewActions, Viewer } from "./answers";
import { DeclineReasons } from "./decline-reasons";
import { FocusHeader } from "./focus-header";
import { FocusPanels } from "./focus-panels";
import { pass } from "./passed";
import { StateNotice } from "./state-notice";
import type { useFocusWalk } from "./use-focus-walk";
import type { useVerdicts } from "./use-verdicts";

type Props = {
  review: ReviewView;
  viewer: Viewer;
  walk: ReturnType<typeof useFocusWalk>;
  verdicts: ReturnType<typeof useVerdicts>;
  actions: ReviewActions;
  onClaim: () => void;
  raw: boolean;
  onRaw: () => void;
};

/** Nobody reads in less: a second press that was meant for the item before must not rule on this one. */
const unseenMs = 120;

function canRule(review: ReviewView, viewer: Viewer): boolean {
  const waiting = ["open", "claimed", "snoozed"].includes(review.status) && review.staged === null;
  return viewer.mayRule && waiting && (review.held_by === null || review.held_by.id === viewer.id);
}

export function FocusItem({ review, viewer, walk, verdicts, actions, onClaim, raw, onRaw }: Props) {
  const { toast } = useToast();
  const [mode, setMode] = useState<"read" | "edit" | "decline" | "confirm">("read");
  const [edited, setEdited] = useState<JsonObject>();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [pending, setPending] = useState(false);
  const seenAt = useRef(Number.POSITIVE_INFINITY);
  useEffect(() => {
    seenAt.current = performance.now();
  }, []);
  const open = canRule(review, viewer) && !pending;
  const seen = () => performance.now() - seenAt.current >= unseenMs;

  function rule(ruling: Ruling): void {
    if (!open) return;
    walk.advance();
    void verdicts.give(review, ruling);
  }
  async function submitEdit(args: JsonObject): Promise<void> {
    setPending(true);
    const answer = await verdicts.give(review, { verdict: "edit", arguments: args });
    setPending(false);
    if (answer.ok) walk.advance();
    else setErrors(answer.error.errors);
  }
  function leaveEdit(): void {
    setMode("read");
    setEdited(undefined);
    setErrors([]);
  }
  async function putOff(
    call: () => Promise<{ ok: boolean; error?: { message: string } }>,
    done: string,
  ): Promise<void> {
    if (!open || !seen()) return;
    pass(review.id);
    walk.advance();
    const answer = await call();
    toast(
      answer.ok
        ? { title: done, durationMs: 2500 }
        : { tone: "error", title: answer.error?.message ?? "Nothing changed" },
    );
  }
  const skip = () =>
    void putOff(() => actions.skip({ reviewId: review.id }), "Skipped; it stays open for others");
  const snooze = () =>
    void putOff(() => actions.snooze({ reviewId: review.id, minutes: 60 }), "Snoozed for an hour");
  // One key is enough to approve; a decline took one on this item before its reason, so it was seen.
  const approve = () => {
    if (seen()) rule({ verdict: "approve" });
  };
  const { deliberate } = review;
  // Whoever proposed it may decline it; somebody else approves.
  const mayApprove = open && review.proposer?.id !== viewer.id;
  const reading = mode === "read";
  useShortcuts("Review", [
    { keys: "a", label: "Approve", when: mayApprove && reading && !deliberate, run: approve },
    {
      keys: "$mod+Enter",
      label: "Approve (cannot be undone, or above the cap)",
      when: mayApprove && reading && deliberate,
      run: approve,
    },
    { keys: "e", label: "Edit, then approve", when: mayApprove && reading, run: () => setMode("edit") },
    {
      keys: "d",
      label: "Decline, then a digit",
      when: open && mode !== "edit",
      run: () => setMode(mode === "decline" ? "read" : "decline"),
    },
    { keys: "s", label: "Skip", when: open && reading, run: skip },
    { keys: "h", label: "Snooze 1 h", when: open && reading, run: snooze },
    { keys: "m", label: "Claim", when: open && reading, run: onClaim },
    { keys: "z", label: "Undo the last verdict", run: verdicts.undoLast },
    { keys: "v", label: "Raw evidence", run: onRaw },
    { keys: "j", label: "Next", when: mode !== "edit", repeat: true, run: () => walk.step(1) },
    { keys: "k", label: "Previous", when: mode !== "edit", repeat: true, run: () => walk.step(-1) },
    {
      keys: "Escape",
      label: "Back",
      when: mode !== "edit",
      inFields: true,
      run: () => (mode === "decline" ? setMode("read") : walk.toList()),
    },
  ]);
  return (
    <div className="flex grow flex-col xl:h-[calc(100dvh-var(--top-bar-height))] xl:grow-0">
      <FocusHeader review={review} viewer={viewer} place={walk.place} listHref={walk.listHref} />
      <StateNotice review={review} viewer={viewer} onUndo={() => void verdicts.takeBack(review.id)} />
      <FocusPanels
        review={review}
        viewer={viewer}
        raw={raw}
        onRaw={onRaw}
        edited={edited ?? review.decision.edited_arguments}
        edit={
          mode === "edit"
            ? {
                onChange: setEdited,
                onSubmit: (args) => void submitEdit(args),
                onLeave: leaveEdit,
                errors,
                pending,
              }
            : undefined
        }
      />
      <div className="sticky bottom-0 z-20 xl:static">
        {mode === "decline" ? (
          <section aria-label="Reason" className="border-t bg-surface-2 px-4 py-3 md:px-6">
            <DeclineReasons
              reasons={review.decline_reasons}
              onDecline={rule}
              onLeave={() => setMode("read")}
            />
          </section>
        ) : null}
        {viewer.mayRule && review.resolved_at === null ? (
          <ActionBar
            deliberate={deliberate}
            disabled={!open || mode === "edit"}
            mayApprove={mayApprove}
            held={review.held_by?.id === viewer.id}
            onApprove={() => (deliberate ? setMode("confirm") : approve())}
            onEdit={() => setMode("edit")}
            onDecline={() => setMode("decline")}
            onClaim={onClaim}
            onSnooze={snooze}
            onSkip={skip}
          />
        ) : null}
      </div>
      <ConfirmDialog
        open={mode === "confirm"}
        onOpenChange={(asking) => setMode(asking ? "confirm" : "read")}
        title="Approve this?"
        description={`${review.summary}. ${review.reversibility === "irreversible" ? "It cannot be undone." : "It is above the cap."}`}
        confirmLabel="Approve"
        onConfirm={approve}
      />
    </div>
  );
}
