"use client";

import { useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { Textarea } from "@/components/ui/textarea";
import type { Ruling } from "@/lib/reviews/schema";

type Props = {
  reasons: string[];
  onDecline: (ruling: Ruling) => void;
  /** Where nothing else closes it. */
  onLeave?: () => void;
};

/** Why not: a digit for a preset reason, or one's own words. A decline always has a reason. */
export function DeclineReasons({ reasons, onDecline, onLeave }: Props) {
  const [note, setNote] = useState("");
  const presets = reasons.slice(0, 9);
  const words = note.trim();
  function submit(): void {
    if (words !== "") onDecline({ verdict: "decline", note: words });
  }
  const withReason = (reason_code: string) =>
    onDecline({ verdict: "decline", reason_code, ...(words === "" ? {} : { note: words }) });
  useShortcuts("Decline", [
    ...presets.map((reason, at) => ({
      keys: String(at + 1),
      label: reason,
      inDialogs: true,
      run: () => withReason(reason),
    })),
    { keys: "$mod+Enter", label: "Decline in your own words", inFields: true, inDialogs: true, run: submit },
  ]);
  return (
    <div className="flex flex-col gap-3">
      {presets.length > 0 ? (
        <ol aria-label="Reasons" className="flex flex-wrap gap-2">
          {presets.map((reason, at) => (
            <li key={reason}>
              <Button aria-keyshortcuts={String(at + 1)} onClick={() => withReason(reason)}>
                <Kbd aria-hidden>{at + 1}</Kbd>
                {reason}
              </Button>
            </li>
          ))}
        </ol>
      ) : null}
      <div className="flex flex-wrap items-end gap-2">
        <Field label={presets.length > 0 ? "Or in your own words" : "Why not"} className="min-w-60 grow">
          <Textarea
            value={note}
            maxLength={5000}
            rows={1}
            className="min-h-8 pointer-coarse:min-h-12"
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        <Button variant="danger" shortcut="$mod+Enter" disabled={words === ""} onClick={submit}>
          Decline
        </Button>
        {onLeave ? (
          <Button variant="ghost" onClick={onLeave}>
            Cancel
          </Button>
        ) : null}
      </div>
    </div>
  );
}
