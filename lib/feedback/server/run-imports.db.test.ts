import { and, eq, isNotNull, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { decisions, events, feedback, feedbackImports } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { cancelImport } from "./cancel-import";
import { runImports } from "./run-imports";
import { importsOf, sendFile, workOff } from "./testing-imports";

const { db } = await testDatabase();
const { aStory, said, told } = importsOf(db);

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
    const first = await sendFile(org.admin, text, { query: { name: "march.csv" } });
    expect(first).toMatchObject({ status: "pending", rows: 10, size: Buffer.byteLength(text) });
    const { view, rows, statuses } = await workOff(org, first.id);
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

    const second = await sendFile(await org.person("admin"), text);
    const again = await workOff(org, second.id);
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
    const { id: file } = await sendFile(org.admin, lines.join("\n"), { format: "jsonl" });
    const { statuses, rows } = await workOff(org, file);
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
    const { id } = await sendFile(org.admin, text, { query });
    const first = await workOff(org, id);
    expect(first.statuses).toEqual(["recorded", "recorded", "recorded", "recorded", "repeated"]);
    const before = [await told(one.id), await told(alone.id)];
    expect(before.map((rows) => rows.map(({ truth }) => truth))).toEqual([
      ["negative", "positive"],
      ["negative", "positive"],
    ]);
    const { id: second } = await sendFile(org.admin, text, { query });
    expect((await workOff(org, second)).statuses).toEqual(Array(5).fill("repeated"));
    expect([await told(one.id), await told(alone.id)]).toEqual(before);
    // Another file that says otherwise later is not the same.
    const { id: third } = await sendFile(org.admin, `decision_id,correct\n${one.id},no\n`, { query });
    expect((await workOff(org, third)).statuses).toEqual(["recorded"]);
    const [row] = await db.select().from(decisions).where(eq(decisions.id, one.id));
    expect(row?.truth).toBe("negative");
  });

  test("what comes late is found, until its time is over", async () => {
    const { org, desk } = await aStory();
    const wait_until = new Date(Date.now() + 3_600_000).toISOString();
    const text = "external_id,truth\nlate-1,positive\nnever,negative\n";
    const { id } = await sendFile(org.admin, text, { query: { kind: "outcomes", wait_until } });
    expect((await workOff(org, id)).view).toMatchObject({ status: "waiting", finished_at: null });
    const due = () =>
      db
        .update(feedbackImports)
        .set({ leaseUntil: sql`now() - interval '1 second'` })
        .where(eq(feedbackImports.id, id));
    expect(await runImports(org.system)).toBe(0);
    const late = await aDecision(db, org, desk, { externalId: "late-1" });
    await due();
    const found = await workOff(org, id);
    expect([found.view?.status, found.statuses]).toEqual(["waiting", ["recorded", "unmatched"]]);
    expect(await told(late.id)).toHaveLength(1);
    await db
      .update(feedbackImports)
      .set({ waitUntil: sql`now() - interval '1 second'` })
      .where(eq(feedbackImports.id, id));
    await due();
    expect((await workOff(org, id)).view).toMatchObject({
      status: "done",
      counts: { recorded: 1, unmatched: 1 },
    });
    await expect(cancelImport(org.admin, { params: { id } })).rejects.toMatchObject({
      code: "import_finished",
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
    const { id } = await sendFile(org.admin, `external_id,vote\n${lines.join("")}`, { size: 65_536 });
    for (let turns = 0; turns < 60; turns++) {
      const turn = Promise.allSettled([1, 2, 3].map(() => runImports(org.system)));
      // Each turn's lease is given up at once, as if every worker took the others for dead.
      await db.execute(sql`update feedback_imports set lease_until = now() - interval '1 second' where id = ${id}
        and status in ('pending', 'running')`);
      await turn;
      const [row] = await db.select().from(feedbackImports).where(eq(feedbackImports.id, id));
      if (row?.status === "done") break;
    }
    const { view } = await workOff(org, id);
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
    const { id } = await sendFile(org.admin, `decision_id,vote\n${decision},up\n`);
    const stopped = await cancelImport(org.admin, { params: { id } });
    expect((await cancelImport(org.admin, { params: { id } })).status).toBe("cancelled");
    expect((await workOff(org, id)).view).toMatchObject({
      status: "cancelled",
      finished_at: stopped.finished_at,
    });
    expect(await said(decision)).toEqual([]);
  });
});
