"use client";

import { useState } from "react";
import { useKeyOf } from "@/components/shell/keymap";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { picks } from "@/lib/identity/key-map";
import type { BulkRuling } from "@/lib/reviews/bulk";

type Props = {
  reasons: string[];
  onDecline: (ruling: BulkRuling) => void;
  /** Where nothing else closes it. */
  onLeave?: () => void;
};

/** Why not: a digit for a preset reason, or one's own words. A decline always has a reason. */
export function DeclineReasons({ reasons, onDecline, onLeave }: Props) {
  const [note, setNote] = useState("");
  const keyOf = useKeyOf();
  const presets = reasons.slice(0, picks.length);
  const words = note.trim();
  function submit(): void {
    if (words !== "") onDecline({ verdict: "decline", note: words });
  }
  const withReason = (reason_code: string) =>
    onDecline({ verdict: "decline", reason_code, ...(words === "" ? {} : { note: words }) });
  useShortcuts("Decline", [
    ...picks.slice(0, presets.length).map((id, at) => ({
      id,
      label: presets[at],
      run: () => withReason(presets[at] ?? ""),
    })),
    { id: "submit", label: "Decline in your own words", run: submit },
  ]);
  return (
    <div className="flex flex-col gap-3">
      {presets.length > 0 ? (
        <ol aria-label="Reasons" className="flex flex-wrap gap-2">
          {picks.slice(0, presets.length).map((id, at) => (
            <li key={id}>
              <Button shortcut={keyOf(id)} onClick={() => withReason(presets[at] ?? "")}>
                <span className="inline-block first-letter:uppercase">{presets[at]}</span>
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
        <Button variant="danger" shortcut={keyOf("submit")} disabled={words === ""} onClick={submit}>
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
