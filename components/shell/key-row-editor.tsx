"use client";

import { Keyboard, RotateCcw, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Keys } from "@/components/shell/cheat-sheet";
import { Button } from "@/components/ui/button";
import { chordOf, refusalOf } from "@/lib/identity/chords";
import { type KeyId, type Keymap, keyMap, keysOf, rowOf } from "@/lib/identity/key-map";
import { takenBy } from "@/lib/identity/keymap-check";

type Props = {
  id: KeyId;
  keymap: Keymap;
  recording: boolean;
  problem: string | undefined;
  onRecord: () => void;
  onLeave: () => void;
  onKeys: (keys: string) => void;
  onReset: () => void;
};

/** One action with its keys, and the ways to change them. */
export function KeyRowEditor({ id, keymap, recording, problem, onRecord, onLeave, onKeys, onReset }: Props) {
  const { label, fixed } = rowOf(id);
  const [refused, setRefused] = useState<string>();
  const keys = keysOf(keymap, id);
  const own = keymap[id] !== undefined;

  function take(chord: string): void {
    const refusal = chord === keyMap[id].keys ? undefined : refusalOf(chord);
    const [other] = refusal === undefined ? takenBy(keymap, id, chord) : [];
    const why = refusal ?? (other ? `Already the key of “${rowOf(other).label}”.` : undefined);
    setRefused(why);
    if (why === undefined) onKeys(chord);
  }
  const message = recording ? refused : problem;
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-sm">
      <span className="min-w-32 flex-1">{label}</span>
      {recording ? (
        <Recorder label={label} sequence={keyMap[id].keys.includes(" ")} onChord={take} onLeave={onLeave} />
      ) : (
        <span className="flex items-center gap-1.5 text-xs text-muted-foreground">
          {keys.length === 0 ? "no key" : null}
          {keys.map((chord, at) => (
            <span key={chord} className="inline-flex items-center gap-1.5">
              {at > 0 ? "or" : null}
              <Keys keys={chord} />
            </span>
          ))}
        </span>
      )}
      {fixed ? (
        <span className="w-28 text-end text-xs text-muted-foreground">always</span>
      ) : (
        <span className="flex w-28 justify-end gap-1">
          <Button
            size="icon"
            variant="ghost"
            aria-label={`Change the key of ${label}`}
            aria-pressed={recording}
            onClick={() => {
              setRefused(undefined);
              if (recording) onLeave();
              else onRecord();
            }}
          >
            <Keyboard aria-hidden />
          </Button>
          <Button
            size="icon"
            variant="ghost"
            aria-label={`Take the key of ${label} away`}
            disabled={keys.length === 0}
            onClick={() => onKeys("")}
          >
            <Trash2 aria-hidden />
          </Button>
          <Button
            size="icon"
            variant="ghost"
            aria-label={`Reset the key of ${label}`}
            disabled={!own}
            onClick={onReset}
          >
            <RotateCcw aria-hidden />
          </Button>
        </span>
      )}
      {message ? (
        <p role="alert" className="basis-full text-xs text-declined-text">
          {message}
        </p>
      ) : null}
    </li>
  );
}

type RecorderProps = {
  label: string;
  /** Two keys after each other, as those that lead to a page. */
  sequence: boolean;
  onChord: (keys: string) => void;
  onLeave: () => void;
};

/** A field that takes the next key for itself; Escape leaves it as it was, Tab walks on. */
function Recorder({ label, sequence, onChord, onLeave }: RecorderProps) {
  const field = useRef<HTMLInputElement>(null);
  const [first, setFirst] = useState<string>();
  useEffect(() => field.current?.focus(), []);
  return (
    <input
      ref={field}
      aria-label={`New key of ${label}`}
      readOnly
      value={first ? `${first} then …` : sequence ? "Press two keys" : "Press a key"}
      onBlur={onLeave}
      onKeyDown={(event) => {
        if (event.key === "Escape" || event.key === "Tab") {
          if (event.key === "Escape") onLeave();
          return;
        }
        event.preventDefault();
        event.stopPropagation();
        const chord = event.repeat ? null : chordOf(event);
        if (chord === null) return;
        if (!sequence) onChord(chord);
        else if (first === undefined) setFirst(chord);
        else {
          setFirst(undefined);
          onChord(`${first} ${chord}`);
        }
      }}
      className="h-8 w-36 rounded-control border border-primary bg-surface px-2 text-center text-xs text-primary-text outline-2 outline-offset-2 outline-ring pointer-coarse:h-12"
    />
  );
}
