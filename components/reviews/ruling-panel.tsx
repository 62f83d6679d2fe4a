"use client";

import type { ReactNode } from "react";
import type { Ruling, ReviewView } from "@/lib/reviews/schema";
import type { ReviewActions } from "./answers";
import { AgainstPrecedents } from "./against-precedents";
import { DeclineReasons } from "./decline-reasons";
import type { FocusMode } from "./focus-mode";
import { ForwardPanel } from "./forward-panel";
import { RespondPanel } from "./respond-panel";
import { SnoozeChoices } from "./snooze-choices";

type Props = {
  mode: FocusMode;
  review: ReviewView;
  actions: ReviewActions;
  onRule: (ruling: Ruling) => void;
  onSnooze: (minutes: number) => void;
  /** It is somebody else's now; the sentence says whose. */
  onForwarded: (done: string) => void;
  onLeave: () => void;
};

/**
 * What a verdict still needs, above the buttons: a reason, an answer, a time, a person. Loaded with the page: the key after
 * the one that opens it is often quicker than a download.
 */
export function RulingPanel({ mode, review, actions, onRule, onSnooze, onForwarded, onLeave }: Props) {
  switch (mode) {
    case "decline":
      return (
        <Panel label="Reason">
          <AgainstPrecedents review={review} verdict="decline" />
          <DeclineReasons reasons={review.decline_reasons} onDecline={onRule} onLeave={onLeave} />
        </Panel>
      );
    case "respond":
      return (
        <Panel label="Respond">
          <RespondPanel onRespond={onRule} onLeave={onLeave} />
        </Panel>
      );
    case "snooze":
      return (
        <Panel label="Snooze">
          <SnoozeChoices onSnooze={onSnooze} onLeave={onLeave} />
        </Panel>
      );
    case "forward":
      return (
        <Panel label="Forward">
          <ForwardPanel reviewId={review.id} actions={actions} onForwarded={onForwarded} onLeave={onLeave} />
        </Panel>
      );
    case "read":
    case "edit":
    case "confirm":
      return null;
  }
}

function Panel({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} className="border-t bg-surface-2 px-4 py-3 md:px-6">
      {children}
    </section>
  );
}
