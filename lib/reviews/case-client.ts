import { queryOptions } from "@tanstack/react-query";
import type { List } from "@/lib/kernel/list";
import { ask } from "./client";
import type { Colleague, NoteView } from "./notes";
import type { SimilarDecisions } from "./similar";

const path = (decisionId: string, part: string) =>
  `/api/v1/decisions/${encodeURIComponent(decisionId)}/${part}`;

/** Past rulings on decisions like this one; read again once a blind review is answered. */
export function similarTo(decisionId: string, view: "open" | "blind" = "open") {
  return queryOptions({
    queryKey: ["decisions", decisionId, "similar", view],
    queryFn: () => ask<SimilarDecisions>(path(decisionId, "similar")),
    staleTime: 60_000,
    retry: 1,
  });
}

/** The team's newest notes on a decision. */
export function notesOn(decisionId: string) {
  return queryOptions({
    queryKey: ["decisions", decisionId, "notes"],
    queryFn: () => ask<List<NoteView>>(path(decisionId, "notes?limit=50")),
    staleTime: 15_000,
  });
}

/** Writes a note. Throws ApiProblem. */
export function writeNote(decisionId: string, note: { text: string; mentions: string[] }): Promise<NoteView> {
  return ask<NoteView>(path(decisionId, "notes"), "POST", note);
}

/** Who can be named in a note. */
export function colleagues() {
  return queryOptions({
    queryKey: ["colleagues"],
    queryFn: async () => (await ask<{ data: Colleague[] }>("/api/v1/colleagues")).data,
    staleTime: 300_000,
  });
}
