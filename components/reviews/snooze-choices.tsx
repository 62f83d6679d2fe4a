"use client";

import { useState } from "react";
import { useKeyOf } from "@/components/shell/keymap";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { fieldTime, minutesTo, minutesToTomorrow } from "./snooze-times";

type Props = { onSnooze: (minutes: number) => void; onLeave?: () => void };

/** For how long: a digit for an hour or until tomorrow morning, or a moment. The clock of the review goes on. */
export function SnoozeChoices({ onSnooze, onLeave }: Props) {
  const keyOf = useKeyOf();
  const [until, setUntil] = useState("");
  const [soonest] = useState(() => fieldTime(new Date()));
  const hour = () => onSnooze(60);
  const tomorrow = () => onSnooze(minutesToTomorrow(new Date()));
  function submit(): void {
    const at = new Date(until);
    if (!Number.isNaN(at.getTime())) onSnooze(minutesTo(at, new Date()));
  }
  useShortcuts("Snooze", [
    { id: "pick.1", label: "1 hour", run: hour },
    { id: "pick.2", label: "Tomorrow at 9:00", run: tomorrow },
    { id: "submit", label: "Until the moment given", when: until !== "", run: submit },
  ]);
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Button shortcut={keyOf("pick.1")} onClick={hour}>
        1 hour
      </Button>
      <Button shortcut={keyOf("pick.2")} onClick={tomorrow}>
        Tomorrow, 9:00
      </Button>
      <Field label="Or until, at most a week" className="w-52">
        <Input
          type="datetime-local"
          value={until}
          min={soonest}
          onChange={(event) => setUntil(event.target.value)}
        />
      </Field>
      <Button disabled={until === ""} shortcut={keyOf("submit")} onClick={submit}>
        Snooze
      </Button>
      {onLeave ? (
        <Button variant="ghost" onClick={onLeave}>
          Cancel
        </Button>
      ) : null}
    </div>
  );
}
