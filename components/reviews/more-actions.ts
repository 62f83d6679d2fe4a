import type { KeyId } from "@/lib/identity/key-map";
import type { Verdict } from "@/lib/kernel/statuses";
import { jumpTo, writeNote } from "./focus-jumps";
import type { FocusMode } from "./focus-mode";

/** One line of the panel behind “More actions”. */
export type MoreAction = { id: KeyId; label: string; run: () => void; disabled?: boolean };

/** What the lines need; as the keys do. */
export type MoreAbout = {
  open: boolean;
  gives: readonly Verdict[];
  held: boolean;
  onMode: (mode: FocusMode) => void;
  skip: () => void;
  claim: () => void;
  extend: () => void;
  undo: () => void;
  raw: () => void;
};

/** What can be done besides the large buttons: on a phone all of it is here. */
export function moreActions({ open, gives, held, onMode, ...run }: MoreAbout): MoreAction[] {
  return [
    {
      id: "respond",
      label: "Respond without acting",
      run: () => onMode("respond"),
      disabled: !open || !gives.includes("respond"),
    },
    { id: "forward", label: "Forward", run: () => onMode("forward"), disabled: !open },
    { id: "snooze", label: "Snooze", run: () => onMode("snooze"), disabled: !open },
    { id: "skip", label: "Skip", run: run.skip, disabled: !open },
    { id: "claim", label: "Claim", run: run.claim, disabled: !open || held },
    { id: "lease", label: "Extend your claim", run: run.extend, disabled: !held },
    { id: "undo", label: "Undo the last verdict", run: run.undo },
    { id: "note", label: "Write a note", run: () => void writeNote() },
    { id: "similar", label: "Similar past decisions", run: () => void jumpTo(/similar/i) },
    { id: "raw", label: "Raw evidence", run: run.raw },
  ];
}
