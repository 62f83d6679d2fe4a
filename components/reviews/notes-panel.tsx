"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { UntrustedText } from "@/components/ui/untrusted-text";
import { notesOn } from "@/lib/reviews/case-client";
import type { NoteView } from "@/lib/reviews/notes";
import { NoteComposer } from "./note-composer";
import { useLive } from "./use-live";

/** What the team tells each other about a decision; no app ever sees it. */
export function NotesPanel({ decisionId }: { decisionId: string }) {
  const query = notesOn(decisionId);
  const { data, isPending, refetch } = useQuery(query);
  useLive([{ events: "note.", about: decisionId, queryKey: query.queryKey }]);
  return (
    <section aria-labelledby="case-notes" className="flex flex-col gap-2">
      <h2 id="case-notes" className="flex items-baseline gap-2 text-sm font-semibold">
        Notes
        <span className="text-xs font-normal text-muted-foreground">
          the team’s own; the app never sees them
        </span>
      </h2>
      {data ? (
        <NoteList notes={data.data} more={data.has_more} />
      ) : isPending ? (
        <Skeleton className="h-12 w-full" />
      ) : (
        <p className="flex items-center gap-2 text-sm text-muted-foreground">
          They could not be read.
          <Button size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      )}
      <NoteComposer decisionId={decisionId} />
    </section>
  );
}

function NoteList({ notes, more }: { notes: NoteView[]; more: boolean }) {
  if (notes.length === 0) return <p className="text-sm text-muted-foreground">Nobody has written one yet.</p>;
  return (
    <>
      <ol className="flex flex-col gap-2">
        {notes.map((note) => (
          <li key={note.id} className="rounded-card border bg-surface-2 p-3">
            <p className="flex flex-wrap items-baseline gap-x-2 text-xs text-muted-foreground">
              <span className="font-semibold text-foreground">{note.author.name}</span>
              <Time at={note.created_at} />
              {note.mentions.length > 0 ? (
                <span>told {note.mentions.map(({ name }) => name).join(", ")}</span>
              ) : null}
            </p>
            <UntrustedText text={note.text} cap={600} />
          </li>
        ))}
      </ol>
      {more ? <p className="text-xs text-muted-foreground">The 50 newest are shown.</p> : null}
    </>
  );
}
