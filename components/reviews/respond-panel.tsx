"use client";

import { useEffect, useRef, useState } from "react";
import { useKeyOf } from "@/components/shell/keymap";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { Ruling } from "@/lib/reviews/schema";

type Props = { onRespond: (ruling: Ruling) => void; onLeave: () => void };

/** An answer in place of the action: nothing is carried out, the app gets the words. */
export function RespondPanel({ onRespond, onLeave }: Props) {
  const keyOf = useKeyOf();
  const field = useRef<HTMLTextAreaElement>(null);
  const [note, setNote] = useState("");
  useEffect(() => field.current?.focus(), []);
  const words = note.trim();
  function submit(): void {
    if (words !== "") onRespond({ verdict: "respond", note: words });
  }
  useShortcuts("Respond", [{ id: "submit", label: "Respond", run: submit }]);
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field
        label="Your answer"
        hint="The app gets it; the action is not carried out."
        className="min-w-60 grow"
      >
        <Textarea
          ref={field}
          value={note}
          maxLength={5000}
          rows={2}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      <Button variant="primary" shortcut={keyOf("submit")} disabled={words === ""} onClick={submit}>
        Respond
      </Button>
      <Button variant="ghost" onClick={onLeave}>
        Cancel
      </Button>
    </div>
  );
}
