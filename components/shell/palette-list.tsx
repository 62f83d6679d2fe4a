"use client";

import { type KeyboardEvent, useId, useState } from "react";
import { Keys } from "@/components/shell/cheat-sheet";
import { useKeyOf } from "@/components/shell/keymap";
import type { Command } from "@/components/shell/palette-commands";
import { cn } from "@/components/ui/class-names";
import { Input } from "@/components/ui/input";
import { UntrustedInline } from "@/components/ui/untrusted-text";

type Props = {
  text: string;
  onText: (text: string) => void;
  commands: Command[];
  /** The server is still looking. */
  busy: boolean;
  onRun: (command: Command) => void;
};

/** A field over a list of commands: arrows move, Enter runs, the focus stays in the field. */
export function PaletteList({ text, onText, commands, busy, onRun }: Props) {
  const listId = useId();
  const [at, setAt] = useState(0);
  const active = commands[Math.min(at, commands.length - 1)];
  const optionId = (index: number) => `${listId}-${index}`;
  const activeAt = active ? commands.indexOf(active) : -1;

  function move(to: number): void {
    if (commands.length === 0) return;
    const next = (to + commands.length) % commands.length;
    setAt(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: "nearest" });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const moves: Record<string, number> = {
      ArrowDown: activeAt + 1,
      ArrowUp: activeAt - 1,
      PageDown: Math.min(commands.length - 1, activeAt + 8),
      PageUp: Math.max(0, activeAt - 8),
    };
    const to = moves[event.key];
    if (to !== undefined) move(to);
    else if (event.key === "Enter" && active) onRun(active);
    else return;
    event.preventDefault();
  }
  return (
    <div className="flex flex-col gap-2">
      <Input
        role="combobox"
        aria-label="Search or type a command"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={active ? optionId(activeAt) : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder="A page, an action, an id, a subject…"
        value={text}
        onChange={(event) => {
          onText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        role="listbox"
        aria-label="Commands"
        className="max-h-[50dvh] min-h-40 overflow-y-auto"
      >
        {groupsOf(commands).map(([group, members]) => (
          <div key={group} role="group" aria-label={group}>
            <p aria-hidden className="px-2 pt-2 pb-1 text-xs font-semibold text-muted-foreground">
              {group}
            </p>
            {members.map((command) => (
              <Line
                key={command.id}
                id={optionId(commands.indexOf(command))}
                command={command}
                selected={command === active}
                onPoint={() => setAt(commands.indexOf(command))}
                onRun={() => onRun(command)}
              />
            ))}
          </div>
        ))}
      </div>
      <p role="status" className="min-h-4 text-xs text-muted-foreground">
        {statusOf(commands.length, busy)}
      </p>
    </div>
  );
}

// In the order of the list: arrows follow what is seen.
function groupsOf(commands: Command[]): [string, Command[]][] {
  return [...Map.groupBy(commands, ({ group }) => group)];
}

function statusOf(count: number, busy: boolean): string {
  if (busy) return "Looking…";
  return count === 0 ? "Nothing matches. An id, external id or subject is looked up as a whole." : "";
}

type LineProps = {
  id: string;
  command: Command;
  selected: boolean;
  onPoint: () => void;
  onRun: () => void;
};

function Line({ id, command, selected, onPoint, onRun }: LineProps) {
  const keyOf = useKeyOf();
  const { label, detail } = command;
  const keys = command.keys ?? (command.keyId ? keyOf(command.keyId) : undefined);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field above has the focus and the keys
    <div
      id={id}
      role="option"
      aria-selected={selected}
      onPointerMove={onPoint}
      onClick={onRun}
      className={cn(
        "flex min-h-8 cursor-pointer items-center gap-3 rounded-sm px-2 text-sm pointer-coarse:min-h-12",
        selected && "bg-surface-3",
      )}
    >
      <span className="shrink-0">{label}</span>
      {detail ? (
        <span className="min-w-0 truncate text-muted-foreground">
          <UntrustedInline text={detail} />
        </span>
      ) : null}
      {keys ? (
        <span className="ms-auto">
          <Keys keys={keys} />
        </span>
      ) : null}
    </div>
  );
}
