"use client";

import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { whenIdle } from "@/components/shell/when-idle";
import { useToast } from "@/components/ui/toast";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import type { Ruling, ReviewView } from "@/lib/reviews/schema";
import { ActionBar } from "./action-bar";
import type { Answer, ReviewActions, Viewer } from "./answers";
import { FocusHeader } from "./focus-header";
import type { FocusMode } from "./focus-mode";
import { FocusPanels } from "./focus-panels";
import { useKept } from "./kept-verdicts";
import { pass } from "./passed";
import { RulingPanel } from "./ruling-panel";
import { StateNotice } from "./state-notice";
import { useDwell } from "./use-dwell";
import { useFocusKeys } from "./use-focus-keys";
import type { useFocusWalk } from "./use-focus-walk";
import type { useVerdicts } from "./use-verdicts";

// Few items need it: the layer is fetched once one of them stands.
const loadApproveSheet = () => import("./approve-sheet");
const ApproveSheet = dynamic(() => loadApproveSheet().then((module) => module.ApproveSheet), {
  loading: () => null,
});

type Props = {
  review: ReviewView;
  viewer: Viewer;
  walk: ReturnType<typeof useFocusWalk>;
  verdicts: ReturnType<typeof useVerdicts>;
  actions: ReviewActions;
  onClaim: () => void;
  onExtend: () => void;
  raw: boolean;
  onRaw: () => void;
};

/** Nobody reads in less: a second press that was meant for the item before must not rule on this one. */
const unseenMs = 120;

function canRule(review: ReviewView, viewer: Viewer): boolean {
  // An appeal is answered in its own panel.
  if (review.kind === "appeal") return false;
  const waiting = ["open", "claimed", "snoozed"].includes(review.status) && review.staged === null;
  return viewer.mayRule && waiting && (review.held_by === null || review.held_by.id === viewer.id);
}

/** One review and all that can be done with it, by pointer and by key alike. */
export function FocusItem({ review, viewer, walk, verdicts, actions, onClaim, onExtend, raw, onRaw }: Props) {
  const { toast } = useToast();
  const { id: reviewId, deliberate } = review;
  const [mode, setMode] = useState<FocusMode>("read");
  const [edited, setEdited] = useState<JsonObject>();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [pending, setPending] = useState(false);
  const seenAt = useRef(Number.POSITIVE_INFINITY);
  useEffect(() => {
    seenAt.current = performance.now();
  }, []);
  useEffect(() => {
    if (deliberate) return whenIdle(() => void loadApproveSheet());
  }, [deliberate]);
  const wait = useDwell(review);
  const isKept = useKept(viewer.id).some((each) => each.reviewId === reviewId && each.refused === undefined);
  const open = canRule(review, viewer) && !pending && !isKept;
  const seen = () => performance.now() - seenAt.current >= unseenMs;

  function rule(ruling: Ruling): void {
    if (!open) return;
    if (wait > 0) {
      toast({ title: `Look at it ${wait} s longer: its queue asks for it`, durationMs: 2500 });
      return;
    }
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
  async function putOff(call: () => Promise<Answer<unknown>>, done: string): Promise<void> {
    if (!open || !seen()) return;
    pass(review.id);
    walk.advance();
    const answer = await call();
    toast(answer.ok ? { title: done, durationMs: 2500 } : { tone: "error", title: answer.error.message });
  }
  const skip = () => void putOff(() => actions.skip({ reviewId }), "Skipped; it stays open for others");
  const snooze = (minutes: number) =>
    void putOff(() => actions.snooze({ reviewId, minutes }), "Snoozed; it comes back by itself");
  // One key is enough to approve; a decline took one on this item before its reason, so it was seen.
  const approve = () => {
    if (seen()) rule({ verdict: "approve" });
  };
  // Four eyes: whom a rule stands against may decline it; somebody else approves.
  const mayApprove = open && review.approvals.refusal === null;
  const held = review.held_by?.id === viewer.id;
  const keys = {
    mode,
    onMode: setMode,
    deliberate,
    open,
    mayApprove,
    gives: review.verdicts,
    held,
    approve,
    skip,
    claim: onClaim,
    extend: onExtend,
    undo: verdicts.undoLast,
    raw: onRaw,
    step: walk.step,
    toList: walk.toList,
  };
  useFocusKeys(keys);
  const editing = {
    onChange: setEdited,
    onSubmit: (args: JsonObject) => void submitEdit(args),
    onLeave: leaveEdit,
    errors,
    pending,
  };
  return (
    <div data-fills-window className="flex grow flex-col xl:min-h-0">
      <FocusHeader review={review} viewer={viewer} place={walk.place} listHref={walk.listHref} />
      <StateNotice
        review={review}
        viewer={viewer}
        onUndo={() => void verdicts.takeBack(review.id)}
        breakGlass={actions.breakGlass}
      />
      <FocusPanels
        review={review}
        viewer={viewer}
        raw={raw}
        onRaw={onRaw}
        edited={edited ?? review.decision.edited_arguments}
        edit={mode === "edit" ? editing : undefined}
      />
      <div className="sticky bottom-0 z-20">
        <RulingPanel
          mode={mode}
          review={review}
          actions={actions}
          onRule={rule}
          onSnooze={snooze}
          onForwarded={(done) => void putOff(async () => ({ ok: true, data: null }), done)}
          onLeave={() => setMode("read")}
        />
        {viewer.mayRule && review.resolved_at === null && review.kind !== "appeal" ? (
          <ActionBar
            deliberate={deliberate}
            disabled={!open || mode === "edit"}
            mayApprove={mayApprove}
            gives={review.verdicts}
            held={held}
            wait={wait}
            onApprove={() => (deliberate ? setMode("confirm") : approve())}
            onMode={setMode}
            onClaim={onClaim}
            onSkip={skip}
            more={keys}
          />
        ) : null}
      </div>
      {deliberate && mode === "confirm" ? (
        <ApproveSheet
          review={review}
          open
          onOpenChange={(asking) => setMode(asking ? "confirm" : "read")}
          onApprove={() => {
            setMode("read");
            approve();
          }}
        />
      ) : null}
    </div>
  );
}
