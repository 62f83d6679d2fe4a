import { z } from "zod";
import { roles } from "@/lib/identity/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";

export const longestNote = 5000;
const mostMentions = 20;

/** A note as it is written: what it says, and whom it names. */
export const NewNote = z.strictObject({
  text: z.string().trim().min(1, "Write something").max(longestNote, "At most 5,000 characters"),
  mentions: z
    .array(z.string().max(64))
    .max(mostMentions, "At most 20 people")
    .default([])
    .describe("Ids of people it names; they are told"),
});
export type NewNote = z.output<typeof NewNote>;

const Person = z.object({ id: z.string(), name: z.string() });

/** What somebody of the team wrote about a decision. No app and no customer ever sees it. */
export const NoteView = z.object({
  id: z.string(),
  object: z.literal("note"),
  decision_id: z.string(),
  text: z.string(),
  author: Person,
  mentions: z.array(Person),
  created_at: z.string(),
});
export type NoteView = z.output<typeof NoteView>;

/** Somebody who can be named in a note. */
export const Colleague = z.object({ id: z.string(), name: z.string(), role: z.enum(roles) });
export type Colleague = z.output<typeof Colleague>;

const NoteParams = z.object({ decision: z.string().max(64) });
const notes = {
  tag: "Reviews",
  security: "key",
  path: "/api/v1/decisions/{decision}/notes",
  params: NoteParams,
} as const;

export const listNotesEndpoint = endpoint({
  ...notes,
  id: "listNotes",
  method: "GET",
  summary: "List the team's notes on a decision, newest first",
  description: "For people only: an app's key is refused.",
  query: ListQuery,
  response: listOf(NoteView),
  status: 200,
  problems: { 404: "There is no such decision" },
});

export const addNoteEndpoint = endpoint({
  ...notes,
  id: "addNote",
  method: "POST",
  summary: "Write a note on a decision",
  description: "For people only. Whoever is named is told.",
  body: NewNote,
  response: NoteView,
  status: 201,
  problems: { 404: "There is no such decision", 422: "It is empty, or names somebody who is not a member" },
});

export const listColleaguesEndpoint = endpoint({
  id: "listColleagues",
  method: "GET",
  path: "/api/v1/colleagues",
  tag: "Reviews",
  summary: "List who can be named in a note",
  description: "Active members by name, 200 at most. For people only.",
  security: "key",
  response: z.object({ object: z.literal("list"), data: z.array(Colleague) }),
  status: 200,
});

export const noteEndpoints = [listNotesEndpoint, addNoteEndpoint, listColleaguesEndpoint];
