"use client";

import { useShortcuts } from "@/components/shell/shortcuts";
import { type TakingBack, useGiven } from "./use-given";

/** The key that takes the last verdict back: on every page of the room, also while the next one is on its way. */
export function UndoKey({ actions, me }: { actions: TakingBack; me: string }) {
  const { undoLast } = useGiven(actions, me);
  useShortcuts("Verdicts", [{ id: "undo", run: undoLast }]);
  return null;
}
