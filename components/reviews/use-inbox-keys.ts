"use client";

import { useOpenPalette, useShortcuts } from "@/components/shell/shortcuts";
import type { useSelection } from "./use-selection";
import type { InboxRow } from "./use-steady-rows";

/** What a row is asked about before it leaves the list. */
export type RowAsk = "snooze" | "forward";

type Keys = {
  active: InboxRow | undefined;
  /** The person may rule here. */
  ruling: boolean;
  selection: ReturnType<typeof useSelection>;
  some: boolean;
  peeking: boolean;
  onOpen: (row: InboxRow) => void;
  onPeek: (peek: boolean) => void;
  onSkip: (row: InboxRow) => void;
  onClaim: (row: InboxRow) => void;
  onAsk: (ask: RowAsk) => void;
};

/** The keys of the list; those that rule are the selection's. */
export function useInboxKeys({ active, ruling, selection, some, peeking, ...on }: Keys): void {
  const openPalette = useOpenPalette();
  const there = active !== undefined;
  const rules = ruling && there;
  useShortcuts("Inbox", [
    { id: "next", label: "Next row", run: () => selection.move(1) },
    { id: "previous", label: "Previous row", run: () => selection.move(-1) },
    { id: "open", when: there, run: () => active && on.onOpen(active) },
    { id: "peek", when: there, run: () => on.onPeek(!peeking) },
    { id: "select", when: rules, run: () => active && selection.toggle(active.id) },
    { id: "extend.next", when: ruling, run: () => selection.extend(1) },
    { id: "extend.previous", when: ruling, run: () => selection.extend(-1) },
    { id: "forward", when: rules, run: () => on.onAsk("forward") },
    { id: "snooze", when: rules, run: () => on.onAsk("snooze") },
    { id: "skip", label: "Skip for this session", when: rules, run: () => active && on.onSkip(active) },
    { id: "claim", when: rules, run: () => active && on.onClaim(active) },
    { id: "more", run: openPalette },
    {
      id: "back",
      label: "Close the peek, clear the selection",
      when: peeking || some,
      run: () => (peeking ? on.onPeek(false) : selection.clear()),
    },
  ]);
}
