import { createHash } from "node:crypto";
import { asc, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { journal, journalHeads } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import { inTransaction } from "./context";
import { record, sealJournal } from "./journal";

const { db } = await testDatabase();
let org: TestOrg;
beforeEach(async () => {
  org = await anOrg(db);
});

const entries = () => db.select().from(journal).where(eq(journal.orgId, org.orgId)).orderBy(asc(journal.seq));
const sealAll = async () => {
  while ((await sealJournal(org.system)) > 0);
};

async function isWhole(): Promise<boolean> {
  let hash = "0".repeat(64);
  let seq = 0;
  for (const entry of await entries()) {
    if (entry.seq !== ++seq || entry.prev !== hash) return false;
    hash = createHash("sha256")
      .update(hash + entry.entry)
      .digest("hex");
    if (entry.hash !== hash) return false;
  }
  const [head] = await db.select().from(journalHeads).where(eq(journalHeads.orgId, org.orgId));
  return head?.seq === seq && head.hash === hash;
}

test("many at once and many sealers: one chain without a gap, and every entry in it", async () => {
  const before = (await entries()).length;
  const writing = Array.from({ length: 60 }, (_, at) =>
    record(org.admin, "test.done", `subject-${at}`, { at }),
  );
  const sealing = Array.from({ length: 20 }, () => sealJournal(org.system));
  await Promise.all([...writing, ...sealing]);
  await sealAll();
  expect(await entries()).toHaveLength(before + 60);
  expect(await isWhole()).toBe(true);
});

test("a transaction that is still open keeps nobody waiting, and is sealed after its commit", async () => {
  await sealAll();
  await inTransaction(org.admin, async (ctx) => {
    await record(ctx, "test.early", "one");
    await record(org.admin, "test.late", "two");
    await sealAll();
  });
  await sealAll();
  const last = (await entries()).slice(-2).map(({ action }) => action);
  expect(last).toEqual(["test.late", "test.early"]);
  expect(await isWhole()).toBe(true);
});

describe("the database refuses", () => {
  const attacks: [string, ReturnType<typeof sql>][] = [
    ["another text", sql`update journal set entry = entry || ' '`],
    ["another actor before it is sealed", sql`update journal set actor = 'user:nobody' where seq is null`],
    ["another place", sql`update journal set seq = seq + 1000 where seq is not null`],
    ["a deletion", sql`delete from journal`],
    ["a truncation", sql`truncate journal`],
    [
      "an entry that brings its place along",
      sql`insert into journal (org_id, actor, action, subject, entry, seq, prev, hash)
        select org_id, actor, action, subject, entry, 5000, prev, hash from journal where seq is not null limit 1`,
    ],
  ];
  test.each(attacks)("%s", async (_what, attack) => {
    await record(org.admin, "test.done", "sealed");
    await sealAll();
    await record(org.admin, "test.done", "not sealed yet");
    await expect(db.execute(attack)).rejects.toMatchObject({ cause: { code: "23514" } });
  });
});

test("an entry changed behind the guards is found by whoever walks the chain", async () => {
  await record(org.admin, "test.done", "one");
  await sealAll();
  expect(await isWhole()).toBe(true);
  await db.transaction(async (tx) => {
    await tx.execute(sql`alter table journal disable trigger user`);
    await tx.execute(
      sql`update journal set entry = replace(entry, 'one', 'two') where org_id = ${org.orgId}`,
    );
    await tx.execute(sql`alter table journal enable trigger user`);
  });
  expect(await isWhole()).toBe(false);
});
