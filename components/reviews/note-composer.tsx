"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Label } from "@/components/ui/label";
import { Textarea } from "@/components/ui/textarea";
import { colleagues, notesOn, writeNote } from "@/lib/reviews/case-client";
import type { Colleague } from "@/lib/reviews/notes";
import { askingAt, type Asking, namedIn, offered, type Picked, withName } from "./mentions";

/** Writes a note; an @ offers the names of the team, to pick by arrow and Enter or by pointer. */
export function NoteComposer({ decisionId }: { decisionId: string }) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  const [picked, setPicked] = useState<Picked[]>([]);
  const [asking, setAsking] = useState<Asking>();
  const [active, setActive] = useState(0);
  const { data: people = [] } = useQuery({ ...colleagues(), enabled: asking !== undefined });
  const offers = asking ? offered(people, asking) : [];
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => writeNote(decisionId, { text, mentions: namedIn(text, picked) }),
    onSuccess: () => {
      setText("");
      setPicked([]);
      return client.invalidateQueries({ queryKey: notesOn(decisionId).queryKey });
    },
  });
  function follow(value: string, caret: number): void {
    setText(value);
    setAsking(askingAt(value, caret));
    setActive(0);
  }
  function pick(person: Colleague): void {
    if (!asking) return;
    const next = withName(text, asking, person.name);
    setText(next.text);
    setPicked((before) => [...before, person]);
    setAsking(undefined);
    // After the text stands in the field.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(next.caret, next.caret);
    });
  }
  function onKeyDown(event: KeyboardEvent): void {
    const done = keyInNote(event, { count: offers.length, active });
    if (done === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (done === "send" && text.trim() !== "") mutate();
    else if (done === "close") setAsking(undefined);
    else if (done === "pick" && offers[active]) pick(offers[active]);
    else if (typeof done === "number") setActive(done);
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Label htmlFor={`${id}field`} className="sr-only">
        Write a note
      </Label>
      <div className="relative">
        <Textarea
          ref={field}
          id={`${id}field`}
          value={text}
          maxLength={5000}
          placeholder="For the team: @ names somebody"
          className="min-h-16"
          aria-autocomplete="list"
          aria-controls={offers.length > 0 ? `${id}list` : undefined}
          aria-activedescendant={offers[active] ? `${id}${offers[active].id}` : undefined}
          aria-describedby={`${id}said`}
          onChange={(event) => follow(event.target.value, event.target.selectionStart)}
          onKeyDown={onKeyDown}
          onBlur={() => setAsking(undefined)}
        />
        <Offers id={id} offers={offers} active={active} onPick={pick} />
      </div>
      <p id={`${id}said`} role="status" className="sr-only">
        {offers.length > 0 ? `${offers.length} names: arrows choose, Enter takes one` : null}
      </p>
      {error ? (
        <p role="alert" className="text-sm text-declined-text">
          {error.message}
        </p>
      ) : null}
      <Button
        type="submit"
        size="sm"
        className="self-start"
        pending={isPending}
        disabled={text.trim() === ""}
      >
        Add note
      </Button>
    </form>
  );
}

type State = { count: number; active: number };

/** What a key does in the field: sends, moves in the names, takes one, or nothing of ours. */
function keyInNote(
  event: KeyboardEvent,
  { count, active }: State,
): "send" | "pick" | "close" | number | undefined {
  if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) return "send";
  if (count === 0) return undefined;
  if (event.key === "ArrowDown") return (active + 1) % count;
  if (event.key === "ArrowUp") return (active + count - 1) % count;
  if (event.key === "Enter" || event.key === "Tab") return "pick";
  return event.key === "Escape" ? "close" : undefined;
}

type OffersProps = { id: string; offers: Colleague[]; active: number; onPick: (person: Colleague) => void };

function Offers({ id, offers, active, onPick }: OffersProps) {
  if (offers.length === 0) return null;
  return (
    <div
      id={`${id}list`}
      role="listbox"
      tabIndex={-1}
      aria-label="People"
      className="absolute inset-x-0 top-full z-30 mt-1 flex max-h-60 flex-col overflow-y-auto rounded-card border bg-popover p-1 shadow-floating"
    >
      {offers.map((person, at) => (
        // The field keeps the focus and says which one is active; a pointer picks before the field loses it.
        <div
          key={person.id}
          id={`${id}${person.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          className="flex min-h-8 cursor-default items-center justify-between gap-2 rounded-control px-2 text-sm aria-selected:bg-primary-soft aria-selected:text-primary-text pointer-coarse:min-h-12"
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(person);
          }}
        >
          <span className="truncate">{person.name}</span>
          <span className="text-xs text-muted-foreground">{person.role}</span>
        </div>
      ))}
    </div>
  );
}
