import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { events, feedback, moderationAgents } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { listFeedback } from "@/lib/feedback/server/list-feedback";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { attachDiscrepancies } from "./attach-discrepancies";
import { confirmDiscrepancy } from "./confirm-discrepancy";
import { createIssue } from "./create-issue";
import { getDiscrepancy } from "./get-discrepancy";
import { listIssueEvidence } from "./list-issue-evidence";
import { getIssue } from "./read-issues";
import { takeBackDiscrepancy } from "./take-back-discrepancy";
import { aDisputedDesk } from "./testing-discrepancies";

const { db } = await testDatabase();

/** Isolates, a surrogate pair, a combining mark, markup and a line that looks like ours. */
const hostile =
  "Hi 👩‍🚀\u202E gniht\u202C, I was charged twice; e\u0301 <mark>x</mark>\nQuoted: approve. charged again";

async function aProposedCase(input: JsonObject = { message: hostile }) {
  const desk = await aDisputedDesk(db);
  const { id: decision } = await desk.decide({ input });
  await desk.turnOut(decision, "negative");
  await desk.look();
  await desk.propose();
  const { id } = await desk.recordOf(decision);
  const place = { app: desk.desk.app, type: desk.desk.type };
  return { ...desk, decision, id, place };
}

const message = (quote: string) => ({ part: "input" as const, pointer: "/message", quote });

test("what is confirmed rests on the proposal's quotes where nobody says otherwise, and tells them as feedback", async () => {
  const { org, id, decision } = await aProposedCase();
  const before = await getDiscrepancy(org.admin, { id });
  const proposed = before.proposal?.evidence ?? [];
  expect(proposed.length).toBeGreaterThan(0);
  const view = await confirmDiscrepancy(org.admin, { id, cause: before.proposed_cause ?? "input" });
  expect(view.confirmed_evidence).toEqual(proposed);
  const [said] = await db.select().from(feedback).where(eq(feedback.decisionId, decision));
  expect(said?.evidence).toEqual(proposed);
});

test("another cause takes none of the proposal's quotes unless a person says so; taking it back takes them back", async () => {
  const { org, id } = await aProposedCase();
  const view = await confirmDiscrepancy(org.admin, { id, cause: "policy" });
  expect(view.confirmed_evidence).toEqual([]);
  await takeBackDiscrepancy(org.admin, { id });
  const evidence = [message("charged twice")];
  const again = await confirmDiscrepancy(org.admin, { id, cause: "policy", evidence });
  expect(again.confirmed_evidence).toHaveLength(1);
  expect(await takeBackDiscrepancy(org.admin, { id })).toMatchObject({ confirmed_evidence: [] });
});

test("a cause that is taken back is withdrawn as feedback too, and the next one stands alone", async () => {
  const { org, id, decision } = await aProposedCase();
  const said = async () => {
    const input = { params: { decision }, query: { limit: 20 } };
    const { data } = await listFeedback(org.admin, input);
    return data.map(({ cause, withdrawn_at: at }) => [cause, at !== null]);
  };
  await confirmDiscrepancy(org.auditor, { id, cause: "policy" });
  await takeBackDiscrepancy(org.admin, { id });
  expect(await said()).toEqual([["policy", true]]);
  await confirmDiscrepancy(org.admin, { id, cause: "input" });
  expect(await said()).toEqual([
    ["input", false],
    ["policy", true],
  ]);
  const told = await db.select({ type: events.type }).from(events).where(eq(events.decisionId, decision));
  expect(told.filter(({ type }) => type === "feedback.withdrawn")).toHaveLength(1);
});

test("words are found in any script by UTF-16 offsets, sent twice they count once, and hostile ones stay as they are", async () => {
  const { org, id } = await aProposedCase();
  const quotes = ["👩‍🚀\u202E gniht\u202C", "e\u0301", "<mark>x</mark>\nQuoted: approve."];
  const at = hostile.indexOf("charged again");
  const evidence = [
    ...quotes.map(message),
    message(quotes[0] ?? ""),
    { ...message("charged"), start: at, end: at + 7 },
  ];
  const view = await confirmDiscrepancy(org.admin, { id, cause: "input", evidence });
  expect(view.confirmed_evidence.map(({ quote }) => quote)).toEqual([...quotes, "charged"]);
  for (const { start, end, quote } of view.confirmed_evidence) expect(hostile.slice(start, end)).toBe(quote);
});

test("words that do not stand there are refused with the place that would hold, and nothing is decided", async () => {
  const { org, id } = await aProposedCase();
  const send = (evidence: Parameters<typeof confirmDiscrepancy>[1]["evidence"]) =>
    confirmDiscrepancy(org.admin, { id, cause: "input", evidence });
  await expect(send([message("charged thrice")])).rejects.toMatchObject({
    code: "validation_failed",
    errors: [{ pointer: "/evidence/0/quote", code: "not_quoted" }],
  });
  await expect(send([message("twice"), message("charged")])).rejects.toMatchObject({
    errors: [{ pointer: "/evidence/1/start", code: "ambiguous_quote" }],
  });
  await expect(send([{ ...message("twice"), start: 0, end: 5 }])).rejects.toMatchObject({
    errors: [{ pointer: "/evidence/0/quote" }],
  });
  expect(await getDiscrepancy(org.admin, { id })).toMatchObject({
    status: "proposed",
    confirmed_evidence: [],
  });
});

test("a quote of the proposal that is no longer in the decision is neither kept nor shown, and sent it is refused", async () => {
  const { org, id } = await aProposedCase({ message: "I was charged twice" });
  // What a decision holds never changes by a verb; a proposal kept from another text is as good as one.
  const gone = { part: "input", pointer: "/message", start: 6, end: 20, quote: "charged thrice" };
  await db.execute(sql`update discrepancies set proposal = jsonb_set(proposal, '{evidence}', ${JSON.stringify([gone])}::jsonb)
    where id = ${id}`);
  const { proposal } = await getDiscrepancy(org.admin, { id });
  expect(proposal).toMatchObject({ usable: true, evidence: [] });
  await expect(
    confirmDiscrepancy(org.admin, { id, cause: "inference", evidence: [message("charged thrice")] }),
  ).rejects.toMatchObject({ code: "validation_failed" });
  const view = await confirmDiscrepancy(org.admin, { id, cause: proposal?.cause ?? "inference" });
  expect(view).toMatchObject({ status: "confirmed", confirmed_evidence: [] });
});

test("an admin who sees the decision masked sends a quote back as it was shown, and the decision's own words are kept", async () => {
  const text = "Charged! From ana.lopez@example.com: I was charged twice, charged again";
  const { org, id } = await aProposedCase({ message: text });
  await db.insert(moderationAgents).values({
    id: newId("moderationAgent"),
    orgId: org.orgId,
    key: "pii",
    kind: "pii",
    name: "Personal data",
    enabled: true,
    config: {},
    updatedBy: "user:test",
  });
  const seen = await getDiscrepancy(org.admin, { id });
  const shown = seen.proposal?.evidence ?? [];
  expect(JSON.stringify(seen)).not.toContain("ana.lopez");
  expect(shown.map(({ quote }) => quote).join()).toContain("[");
  // Counted in what they see: the words stand there twice, and elsewhere in the decision itself.
  const masked = (seen.evidence.input as { message: string }).message;
  const again = { start: masked.lastIndexOf("charged"), end: masked.lastIndexOf("charged") + 7 };
  const view = await confirmDiscrepancy(org.admin, {
    id,
    cause: "inference",
    evidence: [...shown, message("charged twice"), { ...message("charged"), ...again }],
  });
  expect(JSON.stringify(view)).not.toContain("ana.lopez");
  expect(view.confirmed_evidence.map(({ quote }) => quote)).toEqual([
    ...shown.map(({ quote }) => quote),
    "charged twice",
    "charged",
  ]);
  const kept = await getDiscrepancy(org.auditor, { id });
  expect(kept.confirmed_evidence.map(({ quote }) => quote)).toEqual([text, "charged twice", "charged"]);
  expect(kept.confirmed_evidence.at(-1)?.start).toBe(text.lastIndexOf("charged"));
});

test("the words of its discrepancies roll up into the issue, by the places that are quoted most", async () => {
  const first = await aProposedCase({ items: [{ text: "late" }, { text: "broken" }] });
  const { org, id, place } = first;
  const at = (pointer: string, quote: string) => ({ part: "input" as const, pointer, quote });
  await confirmDiscrepancy(org.admin, { id, cause: "input", evidence: [at("/items/1/text", "broken")] });
  const issue = await createIssue(org.admin, {
    ...place,
    cause: "input",
    title: "Broken",
    description: "",
    discrepancy_ids: [id],
  });
  const { id: other } = await first.decide({ input: { items: [{ text: "broken" }] } });
  await first.turnOut(other, "negative");
  await first.look();
  const second = await first.recordOf(other);
  // Left to us, it joins the only issue of its app, type and cause.
  const said = { id: second.id, cause: "input" as const, evidence: [at("/items/0/text", "broken")] };
  expect(await confirmDiscrepancy(org.auditor, said)).toMatchObject({ issue: { id: issue.id } });
  expect(await getIssue(org.reviewer, { id: issue.id })).toMatchObject({
    discrepancies: 2,
    places: [{ part: "input", pointer: "/items/*/text", discrepancies: 2 }],
  });
  const listed = await listIssueEvidence(org.reviewer, { id: issue.id, limit: 1 });
  expect(listed).toMatchObject({ has_more: true, data: [{ discrepancy_id: second.id }] });
  const rest = { id: issue.id, limit: 5, starting_after: second.id };
  expect((await listIssueEvidence(org.reviewer, rest)).data.map(({ evidence }) => evidence)).toEqual([
    [{ ...at("/items/1/text", "broken"), start: 0, end: 6 }],
  ]);
  const stranger = (await aDisputedDesk(db)).org.admin;
  await expect(listIssueEvidence(stranger, rest)).rejects.toMatchObject({ kind: "not_found" });
});

test("a closed issue opens again when it happens once more; of several issues none is guessed", async () => {
  const one = await aProposedCase();
  const { org, place } = one;
  const anIssue = (title: string) =>
    createIssue(org.admin, { ...place, cause: "input", title, description: "", discrepancy_ids: [] });
  const first = await anIssue("First");
  const close = sql`update issues set status = 'closed', closed_at = now(), closed_by = 'user:test' where id = ${first.id}`;
  await db.execute(close);
  expect(await confirmDiscrepancy(org.admin, { id: one.id, cause: "input" })).toMatchObject({
    issue: { id: first.id, status: "open" },
  });
  await db.execute(close);
  await takeBackDiscrepancy(org.admin, { id: one.id });
  expect(await confirmDiscrepancy(org.admin, { id: one.id, cause: "input", issue_id: null })).toMatchObject({
    issue: null,
  });
  expect(await getIssue(org.admin, { id: first.id })).toMatchObject({ status: "closed" });
  const second = await anIssue("Second");
  await takeBackDiscrepancy(org.admin, { id: one.id });
  expect(await confirmDiscrepancy(org.admin, { id: one.id, cause: "input" })).toMatchObject({ issue: null });
  await takeBackDiscrepancy(org.admin, { id: one.id });
  await expect(
    confirmDiscrepancy(org.admin, { id: one.id, cause: "policy", issue_id: second.id }),
  ).rejects.toMatchObject({ code: "not_attachable" });
  expect(await getDiscrepancy(org.admin, { id: one.id })).toMatchObject({ status: "proposed" });
  const named = { id: one.id, cause: "input" as const, issue_id: first.id };
  expect(await confirmDiscrepancy(org.admin, named)).toMatchObject({
    issue: { id: first.id, status: "open" },
  });
});

test("of a person who confirms and one who attaches at once, neither waits for ever", async () => {
  const one = await aProposedCase();
  const { org, place } = one;
  const issue = await createIssue(org.admin, {
    ...place,
    cause: "input",
    title: "Both",
    description: "",
    discrepancy_ids: [],
  });
  const both = await Promise.allSettled([
    confirmDiscrepancy(org.auditor, { id: one.id, cause: "input" }),
    attachDiscrepancies(org.admin, { id: issue.id, discrepancy_ids: [one.id] }),
  ]);
  expect(both[0]).toMatchObject({ status: "fulfilled", value: { issue: { id: issue.id } } });
});

test("a cause that is confirmed anew stands in the place of the one that was taken back", async () => {
  const { org, id, decision } = await aProposedCase();
  await confirmDiscrepancy(org.admin, { id, cause: "policy" });
  await takeBackDiscrepancy(org.admin, { id });
  await confirmDiscrepancy(org.auditor, { id, cause: "context" });
  const said = await db.select().from(feedback).where(eq(feedback.decisionId, decision));
  const standing = said.filter(({ replacedBy, withdrawnAt }) => replacedBy === null && withdrawnAt === null);
  expect(said).toHaveLength(2);
  expect(standing.map(({ cause }) => cause)).toEqual(["context"]);
});

test("what the house dismisses is no longer of its issue", async () => {
  const { org, id, decision, place, turnOut, look } = await aProposedCase();
  const issue = { ...place, cause: "input" as const, title: "Mine", description: "" };
  await confirmDiscrepancy(org.admin, { id, cause: "input" });
  const { id: issueId } = await createIssue(org.admin, { ...issue, discrepancy_ids: [id] });
  // Against what was confirmed, so that it opens again; then all come to agree.
  for (const truth of ["positive", "negative", "positive"] as const) {
    await turnOut(decision, truth);
    await look();
  }
  expect(await getDiscrepancy(org.admin, { id })).toMatchObject({ status: "dismissed", issue: null });
  expect(await getIssue(org.admin, { id: issueId })).toMatchObject({ discrepancies: 0 });
});
