"use client";

import { type KeyboardEvent, type RefObject, useId, useRef, useState } from "react";
import { completionsAt, type Completion } from "@/components/policies/completions";
import { cn } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

type Props = { value: string; error?: string; readOnly?: boolean; onChange: (value: string) => void };

/** A rule's CEL as it is typed, with what fits the word at the caret: arrows choose, Enter takes it, Escape closes. */
export function RuleText({ value, error, readOnly, onChange }: Props) {
  const list = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const menu = useCompletions(value, onChange, field);
  const isOpen = menu.fitting.length > 0;
  return (
    <div className="relative" onBlur={menu.close}>
      <Field label="When" error={error}>
        <Textarea
          ref={field}
          value={value}
          readOnly={readOnly}
          rows={2}
          maxLength={2000}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          className="min-h-14 font-mono text-sm"
          placeholder="decision.amount > 15000.0"
          aria-autocomplete="list"
          aria-controls={isOpen ? list : undefined}
          aria-activedescendant={isOpen ? `${list}-${menu.active}` : undefined}
          onChange={(event) => {
            onChange(event.target.value);
            menu.open(event.target.value, event.target.selectionStart);
          }}
          onKeyDown={menu.onKeyDown}
        />
      </Field>
      {isOpen ? <Menu id={list} fitting={menu.fitting} active={menu.active} onTake={menu.take} /> : null}
      <p aria-live="polite" className="sr-only">
        {isOpen ? `${menu.fitting.length} to complete it with` : ""}
      </p>
    </div>
  );
}

type Shown = { from: number; fitting: readonly Completion[]; active: number };
const closed: Shown = { from: 0, fitting: [], active: 0 };

function useCompletions(
  value: string,
  onChange: (value: string) => void,
  field: RefObject<HTMLTextAreaElement | null>,
) {
  const [shown, setShown] = useState<Shown>(closed);
  const close = () => setShown(closed);

  function take(completion: Completion) {
    const caret = field.current?.selectionStart ?? value.length;
    const end = shown.from + completion.text.length;
    onChange(value.slice(0, shown.from) + completion.text + value.slice(caret));
    close();
    // The caret goes behind what was taken, once it is drawn.
    requestAnimationFrame(() => field.current?.setSelectionRange(end, end));
  }

  function onKeyDown(event: KeyboardEvent) {
    const { fitting, active } = shown;
    if (fitting.length === 0 || event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = fitting[active];
    if (step !== undefined) setShown({ ...shown, active: (active + step + fitting.length) % fitting.length });
    else if (event.key === "Enter" && chosen) take(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const open = (text: string, caret: number) => setShown({ ...completionsAt(text, caret), active: 0 });
  return { ...shown, open, close, take, onKeyDown };
}

type MenuProps = {
  id: string;
  fitting: readonly Completion[];
  active: number;
  onTake: (completion: Completion) => void;
};

function Menu({ id, fitting, active, onTake }: MenuProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Completions"
      className="absolute inset-x-0 top-full z-10 mt-1 max-h-64 overflow-y-auto rounded-card border bg-popover p-1 shadow-floating"
    >
      {fitting.map((completion, at) => (
        <div
          key={completion.text}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          className={cn(
            "flex cursor-pointer flex-col rounded-sm px-2 py-1 pointer-coarse:py-3",
            at === active && "bg-surface-3",
          )}
          // Before the field loses the focus, and the menu with it.
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(completion);
          }}
        >
          <span className="font-mono text-xs">
            {completion.text} <span className="text-muted-foreground">{completion.note}</span>
          </span>
          <span className="text-xs text-muted-foreground">{completion.meaning}</span>
        </div>
      ))}
    </div>
  );
}
