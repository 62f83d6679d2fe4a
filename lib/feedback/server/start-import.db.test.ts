import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { apiKeys, feedbackImportRows, feedbackImports } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, aRefundDesk } from "@/db/testing-fixtures";
import { csvLine } from "@/lib/kernel/csv";
import { CsvRecords } from "../read-lines";
import { listImportRows } from "./list-import-rows";
import { listImports } from "./list-imports";
import { startImport } from "./start-import";
import { importsOf, reportOf, sendFile, workOff } from "./testing-imports";

const { db } = await testDatabase();
const { aStory, said } = importsOf(db);

describe("who sends it", () => {
  test("a key reaches its own app and nobody else's; a reviewer sends none", async () => {
    const { org, desk } = await aStory();
    const other = await aRefundDesk(db, org);
    const mine = await aDecision(db, org, desk, { externalId: "x" });
    const theirs = await aDecision(db, org, other, { externalId: "x" });
    const key = await org.keyOf(desk.app, ["feedback:write"]);
    const { id } = await sendFile(key, `external_id,decision_id,vote\nx,,up\n,${theirs.id},up\n`);
    expect((await workOff(org, id)).statuses).toEqual(["recorded", "unmatched"]);
    expect([(await said(mine.id)).length, (await said(theirs.id)).length]).toEqual([1, 0]);
    const text = "external_id,vote\nx,up\n";
    await expect(sendFile(org.reviewer, text)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(sendFile(key, text, { query: { app: other.app } })).rejects.toMatchObject({
      errors: [{ pointer: "/query/app" }],
    });
    const both = await sendFile(org.admin, text);
    expect((await workOff(org, both.id)).statuses).toEqual(["ambiguous"]);
    const otherKey = await org.keyOf(other.app, ["feedback:write"]);
    expect((await listImports(otherKey, { query: { limit: 5 } })).data).toEqual([]);
    await expect(listImportRows(otherKey, { params: { id }, query: { limit: 5 } })).rejects.toMatchObject({
      kind: "not_found",
    });
  });

  test("a key that was revoked since ends its import, and nothing is recorded", async () => {
    const { org, desk } = await aStory();
    const { id: decision } = await aDecision(db, org, desk);
    const key = await org.keyOf(desk.app, ["feedback:write"]);
    const { id } = await sendFile(key, `decision_id,vote\n${decision},up\n`);
    await db
      .update(apiKeys)
      .set({ revokedAt: sql`now()` })
      .where(eq(apiKeys.id, key.actor.id));
    expect((await workOff(org, id)).view).toMatchObject({
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
    await expect(sendFile(org.admin, text, more)).rejects.toMatchObject({
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

  test("a wait that is over before it began, or that never ends", async () => {
    const { org } = await aStory();
    for (const wait_until of ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"]) {
      await expect(
        sendFile(org.admin, "external_id,vote\na,up\n", { query: { wait_until } }),
      ).rejects.toMatchObject({ errors: [{ pointer: "/query/wait_until" }] });
    }
  });

  test("a process that dies while it receives leaves an import that says so", async () => {
    const { org } = await aStory();
    const { id } = await sendFile(org.admin, "external_id,vote\na,up\n");
    await db
      .update(feedbackImports)
      .set({ status: "receiving", leaseUntil: sql`now() - interval '1 second'` })
      .where(eq(feedbackImports.id, id));
    expect((await workOff(org, id)).view).toMatchObject({
      status: "failed",
      counts: { pending: 1, recorded: 0 },
    });
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
  const first = await sendFile(org.admin, `decision_id,text,key\n${rows.join("")}`, { size: 1000 });
  await workOff(org, first.id);
  const stored = new Set((await said(decision)).map(({ text }) => text));
  const kept = strings.filter((text) => text.trim() !== "" && text.length <= 255 && !text.includes("\0"));
  for (const text of kept) expect(stored.has(text.trim()), JSON.stringify(text)).toBe(true);
  const second = await sendFile(org.admin, `external_id,vote,text\n${ghosts.join("")}`, { size: 1000 });
  await workOff(org, second.id);
  const reader = new CsvRecords();
  const text = await reportOf(org, second.id);
  const lines = [...reader.push(text), ...reader.end()].map(({ value }) => value);
  expect(lines[0]).toEqual(["line", "status", "about", "decision_id", "problem"]);
  expect(lines.length).toBeGreaterThan(300);
  expect(lines.flat().filter((cell) => /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell))).toEqual([]);
  expect(await reportOf(org, first.id)).toContain(csvLine([2, "recorded"]).trim());
});
