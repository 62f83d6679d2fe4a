"use client";

import { useShortcuts } from "@/components/shell/shortcuts";
import { useToast } from "@/components/ui/toast";
import type { Verdict } from "@/lib/kernel/statuses";
import { toggleMore } from "./action-bar";
import type { FocusMode } from "./focus-mode";
import { jumpTo, saveNote, scrollEvidence, stepSection, writeNote } from "./focus-jumps";

type Keys = {
  mode: FocusMode;
  onMode: (mode: FocusMode) => void;
  deliberate: boolean;
  /** A verdict can be given; an approval too. */
  open: boolean;
  mayApprove: boolean;
  /** The verdicts its queue gives. */
  gives: readonly Verdict[];
  held: boolean;
  approve: () => void;
  skip: () => void;
  claim: () => void;
  extend: () => void;
  raw: () => void;
  step: (by: 1 | -1) => void;
  toList: () => void;
};

/** The keys of one review, as the key map and the person have them. */
export function useFocusKeys(keys: Keys): void {
  const { mode, onMode, deliberate, open, gives, held } = keys;
  const mayApprove = keys.mayApprove && gives.includes("approve");
  const { toast } = useToast();
  const reading = mode === "read";
  const ruling = open && reading;
  // A panel is left by the key that opened it, as by Escape.
  const panel = (name: FocusMode) => () => onMode(mode === name ? "read" : name);
  const found = (there: boolean, what: string) => {
    if (!there) toast({ title: what, durationMs: 2500 });
  };
  useShortcuts("Review", [
    { id: "approve", when: mayApprove && reading && !deliberate, run: keys.approve },
    {
      id: "submit",
      label: "Approve (cannot be undone, or above the cap)",
      when: mayApprove && reading && deliberate,
      run: keys.approve,
    },
    { id: "decline", when: open && mode !== "edit", run: panel("decline") },
    { id: "edit", when: keys.mayApprove && gives.includes("edit") && reading, run: () => onMode("edit") },
    { id: "respond", when: ruling && gives.includes("respond"), run: () => onMode("respond") },
    { id: "forward", when: ruling, run: () => onMode("forward") },
    { id: "snooze", when: open && mode !== "edit", run: panel("snooze") },
    { id: "skip", when: ruling, run: keys.skip },
    { id: "claim", when: ruling && !held, run: keys.claim },
    { id: "lease", when: reading && held, run: keys.extend },
    { id: "more", when: reading, run: toggleMore },
    { id: "back", when: mode !== "edit", run: () => (reading ? keys.toList() : onMode("read")) },
  ]);
  useShortcuts("Reading", [
    { id: "next", when: mode !== "edit", run: () => keys.step(1) },
    { id: "previous", when: mode !== "edit", run: () => keys.step(-1) },
    { id: "scroll", run: scrollEvidence },
    { id: "section.next", run: () => stepSection(1) },
    { id: "section.previous", run: () => stepSection(-1) },
    { id: "raw", run: keys.raw },
    { id: "similar", run: () => found(jumpTo(/similar/i), "Nothing similar was decided before") },
    { id: "policy", run: () => found(jumpTo(/why it is here|polic/i), "No policy hit") },
    { id: "note", run: () => found(writeNote(), "No note can be written here") },
    { id: "note.save", run: () => void saveNote() },
  ]);
}
