"use client";

import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { type EvidenceSource, type EvidenceSpan, isSameSpan, locateQuote } from "@/lib/feedback/evidence";
import { placeWords } from "./feedback-list";

type Props = {
  source: EvidenceSource;
  spans: readonly EvidenceSpan[];
  onChange: (spans: EvidenceSpan[]) => void;
};

const most = 20;

/** Picks the words that feedback rests on: selected anywhere in the decision, or pasted. */
export function EvidencePicker({ source, spans, onChange }: Props) {
  const [draft, setDraft] = useState("");
  const [places, setPlaces] = useState<EvidenceSpan[]>();
  useSelectedWords((words) => {
    setDraft(words);
    setPlaces(undefined);
  });

  function add(span: EvidenceSpan): void {
    if (!spans.some((one) => isSameSpan(one, span))) onChange([...spans, span].slice(0, most));
    setDraft("");
    setPlaces(undefined);
    // What is still selected would be heard again with the next click.
    document.getSelection()?.removeAllRanges();
  }
  function quote(): void {
    const found = locateQuote(source, draft.trim());
    const [only, other] = found;
    if (only && !other) add(only);
    else setPlaces(found);
  }
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Words it rests on"
        hint="Select words in the evidence, or paste them here."
        error={places?.length === 0 ? "These words are not in the decision as they stand here." : undefined}
      >
        <Input
          value={draft}
          maxLength={5000}
          autoComplete="off"
          onChange={(event) => {
            setDraft(event.target.value);
            setPlaces(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            if (draft.trim() !== "") quote();
          }}
        />
      </Field>
      <Button className="w-fit" disabled={draft.trim() === "" || spans.length >= most} onClick={quote}>
        Quote them
      </Button>
      {places && places.length > 1 ? <Places places={places} onPick={add} /> : null}
      <ul aria-label="Quoted words" className="flex flex-col gap-1 empty:hidden">
        {spans.map((span) => (
          <li
            key={`${span.part}${span.pointer}${span.start}-${span.end}`}
            className="flex items-start justify-between gap-2 border-s-2 border-primary ps-2 text-sm"
          >
            <span className="min-w-0 wrap-anywhere">
              <mark className="rounded-sm bg-primary-soft text-foreground">
                <UntrustedInline text={span.quote} />
              </mark>{" "}
              <span className="text-xs text-muted-foreground">{placeWords(span)}</span>
            </span>
            <Button
              size="icon"
              variant="ghost"
              aria-label={`Leave out “${span.quote.slice(0, 40)}”`}
              onClick={() => onChange(spans.filter((one) => !isSameSpan(one, span)))}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

type PlacesProps = {
  places: readonly EvidenceSpan[];
  onPick: (span: EvidenceSpan) => void;
};

/** The same words stand in several places: which of them is meant? */
function Places({ places, onPick }: PlacesProps) {
  return (
    <div role="group" aria-label="Where do you mean?" className="flex flex-col gap-1">
      <p role="status" className="text-xs text-muted-foreground">
        These words stand in {places.length} places. Which do you mean?
      </p>
      {places.map((span) => (
        <Button
          key={`${span.part}${span.pointer}${span.start}`}
          size="sm"
          variant="ghost"
          className="w-fit max-w-full"
          onClick={() => onPick(span)}
        >
          <span className="truncate">
            {placeWords(span)}, from character {span.start + 1}
          </span>
        </Button>
      ))}
    </div>
  );
}

/** Hears what a person selects on the page, outside of controls. */
function useSelectedWords(onWords: (words: string) => void): void {
  useEffect(() => {
    function listen(): void {
      const selection = document.getSelection();
      const words = selection?.toString().trim() ?? "";
      if (!selection || selection.isCollapsed || words.length < 2 || words.length > 5000) return;
      const active = document.activeElement;
      if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) return;
      if (selection.anchorNode && document.getElementById("main")?.contains(selection.anchorNode))
        onWords(words);
    }
    document.addEventListener("selectionchange", listen);
    return () => document.removeEventListener("selectionchange", listen);
  });
}
