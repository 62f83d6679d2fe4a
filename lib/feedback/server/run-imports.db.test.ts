import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import {
  apiKeys,
  decisions,
  events,
  feedback,
  feedbackImportRows,
  feedbackImports,
  outcomes,
} from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { csvLine } from "@/lib/kernel/csv";
import type { Context } from "@/lib/server/context";
import type { StartImport } from "../import-contract";
import type { ImportFormat } from "../imports";
import { CsvRecords } from "../read-lines";
import { cancelImport } from "./cancel-import";
import { describeImportReport } from "./describe-import-report";
import { listImportRows } from "./list-import-rows";
import { listImports } from "./list-imports";
import { runImports } from "./run-imports";
import { startImport } from "./start-import";

const { db } = await testDatabase();

async function aStory() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  return { org, desk };
}

async function* pieces(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

type More = { format?: ImportFormat; query?: Partial<StartImport>; size?: number };
const send = (ctx: Context, text: string, { format = "csv", query, size }: More = {}) =>
  startImport(ctx, { query: { kind: "feedback", ...query }, format, file: pieces(text, size) });

/** Runs workers until none finds anything; answers the import as it stands then. */
async function work(org: TestOrg, id: string) {
  for (let turns = 0; turns < 100 && (await runImports(org.system)) > 0; turns++);
  const view = (await listImports(org.admin, { query: { limit: 100 } })).data.find((one) => one.id === id);
  const rows = await listImportRows(org.admin, { params: { import: id }, query: { limit: 100 } });
  return { view, rows: rows.data, statuses: rows.data.map(({ status }) => status) };
}

async function reportOf(org: TestOrg, id: string): Promise<string> {
  const { body } = await describeImportReport(org.admin, { import: id });
  return new Response(body).text();
}

const said = (id: string) =>
  db.select().from(feedback).where(eq(feedback.decisionId, id)).orderBy(asc(feedback.id));
const told = (id: string) =>
  db.select().from(outcomes).where(eq(outcomes.decisionId, id)).orderBy(asc(outcomes.id));

async function known(org: TestOrg, desk: TestDesk) {
  const subject = (id: string, more = {}) =>
    aDecision(db, org, desk, { subjectType: "customer", subjectId: id, status: "declined", ...more });
  const one = await aDecision(db, org, desk, { externalId: "order-1" });
  const alone = await subject("c-1");
  await subject("c-2", { decidedAt: new Date("2026-01-01T00:00:00Z") });
  const late = await subject("c-2", { decidedAt: new Date("2026-02-01T00:00:00Z") });
  return { one, alone, late };
}

describe("a file of feedback", () => {
  const file = [
    "decision_id,external_id,subject_type,subject_id,from,vote,text,correction,source",
    'ONE,,,,,down,"Wrong, and twice","{""invoice"":""INV-2"",""amount"":5,""currency"":""EUR""}",',
    ",order-1,,,,up,,,",
    ",,customer,c-1,,up,,,system_of_record",
    ",,customer,c-2,,down,,,",
    ",,customer,c-2,2026-01-15T00:00:00Z,down,,,",
    ",order-9,,,,up,,,",
    'ONE,,,,,,,"{""amount"":0}",',
    "ONE,,,,,sideways,,,",
    "ONE,,,,,up,,,reviewer",
    ",order-1,,,,up,,,",
  ].join("\r\n");

  test("finds each row's decision, says what became of every line, and twice is once", async () => {
    const { org, desk } = await aStory();
    const { one, alone, late } = await known(org, desk);
    const text = file.replaceAll("ONE", one.id);
    const first = await send(org.admin, text, { query: { name: "march.csv" } });
    expect(first).toMatchObject({ status: "pending", rows: 10, size: Buffer.byteLength(text) });
    const { view, rows, statuses } = await work(org, first.id);
    expect(statuses).toEqual([
      "recorded",
      "recorded",
      "recorded",
      "ambiguous",
      "recorded",
      "unmatched",
      "invalid",
      "invalid",
      "invalid",
      "repeated",
    ]);
    expect(view).toMatchObject({
      status: "done",
      counts: { recorded: 4, repeated: 1, unmatched: 1, ambiguous: 1, invalid: 3, pending: 0 },
    });
    expect(rows[3]?.problem).toContain("Several decisions are about customer c-2");
    expect(rows[6]?.problem).toContain("/correction");
    expect(rows[7]).toMatchObject({ line: 9, about: one.id });
    expect(rows[8]?.problem).toContain("/source");
    const stored = await said(one.id);
    expect(stored.map(({ vote, source }) => [vote, source])).toEqual([
      ["down", "customer"],
      ["up", "customer"],
    ]);
    expect(stored[0]).toMatchObject({ text: "Wrong, and twice", correction: { amount: 5 } });
    expect((await said(alone.id))[0]?.source).toBe("system_of_record");
    expect(await said(late.id)).toHaveLength(1);
    const heard = await db
      .select()
      .from(events)
      .where(and(eq(events.orgId, org.orgId), eq(events.type, "feedback.created")));
    expect(heard).toHaveLength(4);

    const second = await send(await org.person("admin"), text);
    const again = await work(org, second.id);
    expect(again.view?.counts).toMatchObject({ recorded: 0, repeated: 5, unmatched: 1 });
    expect(await said(one.id)).toHaveLength(2);
  });

  test("quotes are checked, and a key stands once, whichever file it comes in", async () => {
    const { org, desk } = await aStory();
    const { id } = await aDecision(db, org, desk);
    const line = (value: object) => JSON.stringify({ decision_id: id, ...value });
    const quote = (words: string) => ({ part: "input", pointer: "/message", quote: words });
    const lines = [
      line({ cause: "input", evidence: [quote("charged twice")] }),
      line({ cause: "input", evidence: [quote("charged thrice")] }),
      line({ vote: "down", key: "t-1" }),
      line({ vote: "down", key: "t-2" }),
      line({ vote: "up", key: "t-1" }),
      "{",
      '{"decision_id":"a\\u0000","vote":"up"}',
    ];
    const { id: file } = await send(org.admin, lines.join("\n"), { format: "jsonl" });
    const { statuses, rows } = await work(org, file);
    expect(statuses).toEqual([
      "recorded",
      "invalid",
      "recorded",
      "recorded",
      "invalid",
      "invalid",
      "invalid",
    ]);
    expect(rows[1]?.problem).toContain("/evidence/0/quote");
    expect(rows[4]?.problem).toContain("other words");
    expect((await said(id))[0]?.evidence).toEqual([{ ...quote("charged twice"), start: 6, end: 19 }]);
  });
});

describe("a file of outcomes", () => {
  test("the latest stands, and the same file again changes nothing, even where it goes to and fro", async () => {
    const { org, desk } = await aStory();
    const { one, alone } = await known(org, desk);
    const text = [
      "decision_id;subject_type;subject_id;correct;occurred_at;detail",
      `${one.id};;;no;;"=cmd"`,
      `${one.id};;;yes;;`,
      ";customer;c-1;false;2026-03-01T10:00:00Z;chargeback",
      ";customer;c-1;true;2026-03-02T10:00:00Z;",
      ";customer;c-1;false;2026-03-01T11:00:00+01:00;chargeback",
    ].join("\n");
    const query = { kind: "outcomes" as const };
    const { id } = await send(org.admin, text, { query });
    const first = await work(org, id);
    expect(first.statuses).toEqual(["recorded", "recorded", "recorded", "recorded", "repeated"]);
    const before = [await told(one.id), await told(alone.id)];
    expect(before.map((rows) => rows.map(({ truth }) => truth))).toEqual([
      ["negative", "positive"],
      ["negative", "positive"],
    ]);
    const { id: second } = await send(org.admin, text, { query });
    expect((await work(org, second)).statuses).toEqual(Array(5).fill("repeated"));
    expect([await told(one.id), await told(alone.id)]).toEqual(before);
    // Another file that says otherwise later is not the same.
    const { id: third } = await send(org.admin, `decision_id,correct\n${one.id},no\n`, { query });
    expect((await work(org, third)).statuses).toEqual(["recorded"]);
    const [row] = await db.select().from(decisions).where(eq(decisions.id, one.id));
    expect(row?.truth).toBe("negative");
  });

  test("what comes late is found, until its time is over", async () => {
    const { org, desk } = await aStory();
    const wait_until = new Date(Date.now() + 3_600_000).toISOString();
    const text = "external_id,truth\nlate-1,positive\nnever,negative\n";
    const { id } = await send(org.admin, text, { query: { kind: "outcomes", wait_until } });
    expect((await work(org, id)).view).toMatchObject({ status: "waiting", finished_at: null });
    const due = () =>
      db
        .update(feedbackImports)
        .set({ leaseUntil: sql`now() - interval '1 second'` })
        .where(eq(feedbackImports.id, id));
    expect(await runImports(org.system)).toBe(0);
    const late = await aDecision(db, org, desk, { externalId: "late-1" });
    await due();
    const found = await work(org, id);
    expect([found.view?.status, found.statuses]).toEqual(["waiting", ["recorded", "unmatched"]]);
    expect(await told(late.id)).toHaveLength(1);
    await db
      .update(feedbackImports)
      .set({ waitUntil: sql`now() - interval '1 second'` })
      .where(eq(feedbackImports.id, id));
    await due();
    expect((await work(org, id)).view).toMatchObject({
      status: "done",
      counts: { recorded: 1, unmatched: 1 },
    });
    await expect(cancelImport(org.admin, { params: { import: id } })).rejects.toMatchObject({
      code: "import_finished",
    });
  });
});

describe("who sends it", () => {
  test("a key reaches its own app and nobody else's; a reviewer sends none", async () => {
    const { org, desk } = await aStory();
    const other = await aRefundDesk(db, org);
    const mine = await aDecision(db, org, desk, { externalId: "x" });
    const theirs = await aDecision(db, org, other, { externalId: "x" });
    const key = await org.keyOf(desk.app, ["feedback:write"]);
    const { id } = await send(key, `external_id,decision_id,vote\nx,,up\n,${theirs.id},up\n`);
    expect((await work(org, id)).statuses).toEqual(["recorded", "unmatched"]);
    expect([(await said(mine.id)).length, (await said(theirs.id)).length]).toEqual([1, 0]);
    const text = "external_id,vote\nx,up\n";
    await expect(send(org.reviewer, text)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(send(key, text, { query: { app: other.app } })).rejects.toMatchObject({
      errors: [{ pointer: "/query/app" }],
    });
    const both = await send(org.admin, text);
    expect((await work(org, both.id)).statuses).toEqual(["ambiguous"]);
    const otherKey = await org.keyOf(other.app, ["feedback:write"]);
    expect((await listImports(otherKey, { query: { limit: 5 } })).data).toEqual([]);
    await expect(
      listImportRows(otherKey, { params: { import: id }, query: { limit: 5 } }),
    ).rejects.toMatchObject({ kind: "not_found" });
  });

  test("a key that was revoked since ends its import, and nothing is recorded", async () => {
    const { org, desk } = await aStory();
    const { id: decision } = await aDecision(db, org, desk);
    const key = await org.keyOf(desk.app, ["feedback:write"]);
    const { id } = await send(key, `decision_id,vote\n${decision},up\n`);
    await db
      .update(apiKeys)
      .set({ revokedAt: sql`now()` })
      .where(eq(apiKeys.id, key.actor.id));
    expect((await work(org, id)).view).toMatchObject({
      status: "failed",
      error: expect.stringContaining("revoked") as string,
    });
    expect(await said(decision)).toEqual([]);
  });
});

describe("a file that cannot be read leaves nothing behind", () => {
  test.each([
    ["", {}, "no rows"],
    ["vote,decision_id\n", {}, "no rows"],
    ["vote,colour\nup,red\n", {}, "“colour”"],
    ['vote,decision_id\nup,"dec', {}, "never closed"],
  ])("%j", async (text, more, sentence) => {
    const { org } = await aStory();
    await expect(send(org.admin, text, more)).rejects.toMatchObject({
      code: "import_not_readable",
      message: expect.stringContaining(sentence) as string,
    });
    expect(await db.select().from(feedbackImports).where(eq(feedbackImports.orgId, org.orgId))).toEqual([]);
  });

  test("bytes that are not UTF-8, and an upload that breaks off after rows were kept", async () => {
    const { org } = await aStory();
    async function* broken() {
      yield Buffer.from(`external_id,vote\n${"a,up\n".repeat(1200)}`);
      yield Buffer.from([0xff, 0xfe, 0x0a]);
    }
    const query = { kind: "feedback" as const };
    await expect(startImport(org.admin, { query, format: "csv", file: broken() })).rejects.toMatchObject({
      message: "The file is not UTF-8.",
    });
    expect(await db.select().from(feedbackImports).where(eq(feedbackImports.orgId, org.orgId))).toEqual([]);
    expect(await db.select().from(feedbackImportRows)).not.toContainEqual(
      expect.objectContaining({ payload: { external_id: "a", vote: "up", source: "customer" } }),
    );
  });

  test("a process that dies while it receives leaves an import that says so", async () => {
    const { org } = await aStory();
    const { id } = await send(org.admin, "external_id,vote\na,up\n");
    await db
      .update(feedbackImports)
      .set({ status: "receiving", leaseUntil: sql`now() - interval '1 second'` })
      .where(eq(feedbackImports.id, id));
    expect((await work(org, id)).view).toMatchObject({
      status: "failed",
      counts: { pending: 1, recorded: 0 },
    });
  });
});

describe("workers", () => {
  test("that die and come together record every row once", { timeout: 60_000 }, async () => {
    const { org, desk } = await aStory();
    await db.execute(sql`insert into decisions (id, org_id, app_id, type_id, external_id, request_hash, input, arguments, predicted,
        livemode, status, route, reasons, level, pi_label, pi_ref, draw_u, audit_drawn, audit_pending, submitted_by)
      select 'dec_imp' || lpad(i::text, 6, '0') || ${org.orgId}, ${org.orgId}, ${desk.app}, ${desk.type}, 'order-' || i, '0',
        '{}', '{}', 'positive', false, 'recorded', 'shadow', '[]', 'shadow', 1, 1, 0.5, false, false, 'key:k'
      from generate_series(1, 3000) i`);
    const lines = Array.from({ length: 3000 }, (_, i) => `order-${i + 1},up\n`);
    const { id } = await send(org.admin, `external_id,vote\n${lines.join("")}`, { size: 65_536 });
    for (let turns = 0; turns < 60; turns++) {
      const turn = Promise.allSettled([1, 2, 3].map(() => runImports(org.system)));
      // Each turn's lease is given up at once, as if every worker took the others for dead.
      await db.execute(sql`update feedback_imports set lease_until = now() - interval '1 second' where id = ${id}
        and status in ('pending', 'running')`);
      await turn;
      const [row] = await db.select().from(feedbackImports).where(eq(feedbackImports.id, id));
      if (row?.status === "done") break;
    }
    const { view } = await work(org, id);
    expect(view).toMatchObject({ status: "done", counts: { recorded: 3000, pending: 0, repeated: 0 } });
    const rows = await db
      .select({ decision: feedback.decisionId })
      .from(feedback)
      .where(and(eq(feedback.orgId, org.orgId), isNotNull(feedback.idempotencyKey)));
    expect([rows.length, new Set(rows.map(({ decision }) => decision)).size]).toEqual([3000, 3000]);
  });

  test("leave alone what was stopped; what was recorded stays", async () => {
    const { org, desk } = await aStory();
    const { id: decision } = await aDecision(db, org, desk);
    const { id } = await send(org.admin, `decision_id,vote\n${decision},up\n`);
    const stopped = await cancelImport(org.admin, { params: { import: id } });
    expect((await cancelImport(org.admin, { params: { import: id } })).status).toBe("cancelled");
    expect((await work(org, id)).view).toMatchObject({
      status: "cancelled",
      finished_at: stopped.finished_at,
    });
    expect(await said(decision)).toEqual([]);
  });
});

const naughty = path.join(import.meta.dirname, "../../../../shared/data/conformance/naughty-strings.json");

test.skipIf(!existsSync(naughty))("naughty strings go in as they are, and out as no formula", async () => {
  const { org, desk } = await aStory();
  const { id: decision } = await aDecision(db, org, desk);
  const strings = (JSON.parse(readFileSync(naughty, "utf8")) as string[]).filter((text) =>
    text.isWellFormed(),
  );
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = strings.map((text) => `${decision},${quote(text)},${quote(text)}\n`);
  const ghosts = strings.slice(0, 400).map((text) => `${quote(text.slice(0, 60))},up,\n`);
  const first = await send(org.admin, `decision_id,text,key\n${rows.join("")}`, { size: 1000 });
  await work(org, first.id);
  const stored = new Set((await said(decision)).map(({ text }) => text));
  const kept = strings.filter((text) => text.trim() !== "" && text.length <= 255 && !text.includes("\0"));
  for (const text of kept) expect(stored.has(text.trim()), JSON.stringify(text)).toBe(true);
  const second = await send(org.admin, `external_id,vote,text\n${ghosts.join("")}`, { size: 1000 });
  await work(org, second.id);
  const reader = new CsvRecords();
  const text = await reportOf(org, second.id);
  const lines = [...reader.push(text), ...reader.end()].map(({ value }) => value);
  expect(lines[0]).toEqual(["line", "status", "about", "decision_id", "problem"]);
  expect(lines.length).toBeGreaterThan(300);
  expect(lines.flat().filter((cell) => /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell))).toEqual([]);
  expect(await reportOf(org, first.id)).toContain(csvLine([2, "recorded"]).trim());
});
