"use client";

import { useState } from "react";
import { useKeymap, withSwitch } from "@/components/shell/keymap";
import { KeyRowEditor } from "@/components/shell/key-row-editor";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";
import {
  isSwitchedOff,
  type KeyId,
  keyIds,
  type Keymap,
  type Place,
  places,
  placeWords,
  rowOf,
  switchId,
} from "@/lib/identity/key-map";

/** Where an action is listed: one that acts in both rooms is listed once. */
function groupOf(id: KeyId): Place | "both" {
  const { where } = rowOf(id);
  return where.length > 1 ? "both" : (where[0] ?? "everywhere");
}

const groups = [
  { group: "both", title: "In lists, in bulk and on one review" },
  ...places.map((group) => ({ group, title: placeWords[group] })),
] as const;

/** The whole key map with the person's own keys: record one, take one away, go back to the default. */
export function KeymapEditor() {
  const { keymap, change } = useKeymap();
  const [recording, setRecording] = useState<KeyId>();
  const [problem, setProblem] = useState<{ id: string; message: string }>();

  async function put(id: string, next: Keymap): Promise<void> {
    setRecording(undefined);
    setProblem(undefined);
    const message = await change(next);
    if (message !== undefined) setProblem({ id, message });
  }
  function without(id: KeyId): Keymap {
    const { [id]: _gone, ...rest } = keymap;
    return rest;
  }
  const changed = Object.keys(keymap).filter((id) => id !== switchId).length;
  const off = isSwitchedOff(keymap);
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-start justify-between gap-3 rounded-card border bg-card p-4">
        <Switch
          label="Single-key shortcuts"
          hint="Off: no key acts without Ctrl or ⌘, anywhere in the console."
          checked={!off}
          onChange={(event) => void put(switchId, withSwitch(keymap, event.target.checked ? "on" : "off"))}
        />
        <Button disabled={changed === 0} onClick={() => void put(switchId, off ? withSwitch({}, "off") : {})}>
          Reset all
        </Button>
      </div>
      <p role="status" className="sr-only">
        {recording ? `Press the new key for ${rowOf(recording).label}` : ""}
      </p>
      {problem?.id === switchId ? <Problem message={problem.message} /> : null}
      <div className="gap-6 lg:columns-2">
        {groups.map(({ group, title }) => (
          <section key={group} aria-label={title} className="mb-6 flex break-inside-avoid flex-col gap-2">
            <h3 className="text-sm font-semibold">{title}</h3>
            <ul className="divide-y rounded-card border bg-card">
              {keyIds
                .filter((id) => groupOf(id) === group)
                .map((id) => (
                  <KeyRowEditor
                    key={id}
                    id={id}
                    keymap={keymap}
                    recording={recording === id}
                    problem={problem?.id === id ? problem.message : undefined}
                    onRecord={() => setRecording(id)}
                    onLeave={() => setRecording(undefined)}
                    onKeys={(keys) => void put(id, { ...keymap, [id]: keys })}
                    onReset={() => void put(id, without(id))}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

function Problem({ message }: { message: string }) {
  return (
    <p role="alert" className="rounded-control bg-declined-soft px-3 py-2 text-sm text-declined-text">
      {message}
    </p>
  );
}
