import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { NewNote } from "../notes";
import { addNote } from "./add-note";
import { listColleagues } from "./list-colleagues";
import { listNotes } from "./list-notes";
import { anOpenReview, traces } from "./testing";

const { db } = await testDatabase();

async function aCase() {
  const found = await anOpenReview(db);
  const params = { decision: found.decisionId };
  const add = (ctx = found.org.reviewer, said: Partial<NewNote> = {}) =>
    addNote(ctx, { params, body: NewNote.parse({ text: "Looks odd", ...said }) });
  const list = (ctx = found.org.reviewer, query: { limit?: number; starting_after?: string } = {}) =>
    listNotes(ctx, { params, query: { limit: 25, ...query } });
  return { ...found, params, add, list };
}

test("a note is kept with whom it names; the event and the journal hold no word of it", async () => {
  const { org, decisionId, add, list } = await aCase();
  const { id: ada } = org.auditor.actor;
  const note = await add(org.reviewer, { text: "Ask the bank first", mentions: [ada, ada] });
  expect(note).toMatchObject({ text: "Ask the bank first", author: { id: org.reviewer.actor.id } });
  expect(note.mentions.map(({ id }) => id)).toEqual([ada]);
  expect((await list(org.auditor)).data).toEqual([note]);
  const [event] = await db.select().from(schema.events).where(eq(schema.events.subject, note.id));
  expect(event).toMatchObject({
    type: "note.added",
    decisionId,
    data: { by: `user:${org.reviewer.actor.id}`, mentions: [`user:${ada}`] },
  });
  const { journal } = await traces(db, decisionId, note.id);
  expect(journal).toEqual([{ action: "note.added", actor: `user:${org.reviewer.actor.id}` }]);
  const [entry] = await db.select().from(schema.journal).where(eq(schema.journal.subject, note.id));
  expect(JSON.stringify([entry?.entry, event?.data])).not.toContain("bank");
});

test("notes come newest first, page by page", async () => {
  const { add, list } = await aCase();
  for (const text of ["one", "two", "three"]) await add(undefined, { text });
  const first = await list(undefined, { limit: 2 });
  expect(first).toMatchObject({ has_more: true, data: [{ text: "three" }, { text: "two" }] });
  const next = await list(undefined, { limit: 2, starting_after: first.data[1]?.id });
  expect(next).toMatchObject({ has_more: false, data: [{ text: "one" }] });
});

test("an app never sees them and never writes one, whatever its scopes", async () => {
  const { org, desk, add, list } = await aCase();
  await add();
  const key = await org.keyOf(desk.app, ["decisions:read", "decisions:write", "feedback:write"]);
  await expect(list(key)).rejects.toMatchObject({ kind: "forbidden" });
  await expect(add(key)).rejects.toMatchObject({ kind: "forbidden" });
  await expect(listColleagues(key)).rejects.toMatchObject({ kind: "forbidden" });
});

test("another organisation's people neither read nor write it, and cannot be named", async () => {
  const { org, add, list } = await aCase();
  const other = await anOrg(db);
  await expect(list(other.reviewer)).rejects.toMatchObject({ kind: "not_found" });
  await expect(add(other.reviewer)).rejects.toMatchObject({ kind: "not_found" });
  await expect(add(org.reviewer, { mentions: [other.auditor.actor.id] })).rejects.toMatchObject({
    kind: "invalid",
    errors: [{ pointer: "/mentions/0", code: "unknown_member" }],
  });
  expect((await list()).data).toEqual([]);
});

test("somebody who left is neither offered nor named", async () => {
  const { org, add } = await aCase();
  const { id } = org.auditor.actor;
  await db.update(schema.users).set({ disabledAt: new Date() }).where(eq(schema.users.id, id));
  const { data } = await listColleagues(org.reviewer);
  expect(data.map((each) => each.id).toSorted()).toEqual(
    [org.reviewer.actor.id, org.admin.actor.id].toSorted(),
  );
  await expect(add(undefined, { mentions: [id] })).rejects.toMatchObject({ kind: "invalid" });
});

test("an empty note is refused at the door", () => {
  expect(NewNote.safeParse({ text: "  \n " }).success).toBe(false);
  expect(NewNote.safeParse({ text: "x".repeat(5001) }).success).toBe(false);
});
