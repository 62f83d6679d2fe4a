import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { CreateExport } from "../contract";
import { cancelExport } from "./cancel-export";
import { createExport } from "./create-export";
import { downloadExport } from "./download-export";
import { expireExports } from "./expire-exports";
import { getExport, listExports } from "./list-exports";
import { runExports } from "./run-exports";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
});

const decisionsAs = (format: CreateExport["format"], filter: CreateExport["filter"] = {}): CreateExport => ({
  kind: "decisions",
  format,
  filter,
});

async function runAll(): Promise<void> {
  while ((await runExports(org.system)) > 0);
}

async function textOf(ctx: Context, id: string): Promise<string> {
  const { body, size } = await downloadExport(ctx, { id });
  const bytes = Buffer.from(await new Response(body).arrayBuffer());
  expect(bytes.length).toBe(size);
  return bytes.toString("utf8");
}

/** What an export of this list holds, one object a row. */
async function taken(ctx: Context, input: CreateExport): Promise<Record<string, unknown>[]> {
  const { id } = await createExport(ctx, { ...input, format: "jsonl" });
  await runAll();
  const text = await textOf(ctx, id);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const many = async (count: number, options: Parameters<typeof aDecision>[3] = {}) => {
  const made: string[] = [];
  for (let i = 0; i < count; i++) made.push((await aDecision(db, org, desk, options)).id);
  return made;
};

describe("a file", () => {
  test("holds each row of the filter once, and its progress says so", async () => {
    const wanted = await many(5);
    await many(2, { status: "declined", withReview: false });
    const made = await createExport(org.reviewer, decisionsAs("jsonl", { status: "in_review" }));
    expect(made).toMatchObject({ status: "pending", rows: 0, download: null });
    await runAll();
    const done = await getExport(org.reviewer, { id: made.id });
    expect(done).toMatchObject({ status: "done", rows: 5, total: 5, error: null });
    expect(done.download).toBe(`/api/v1/exports/${made.id}/download`);
    const rows = (await textOf(org.reviewer, made.id)).trimEnd().split("\n");
    expect(rows.map((row) => (JSON.parse(row) as { id: string }).id).toSorted()).toEqual(wanted.toSorted());
  });

  test("JSONL gives every value back exactly, whatever text it is", async () => {
    const input = { message: '=1+1 "quoted",\n\u{2028}\u{202E}<script>', amount: -5.25, none: null };
    await aDecision(db, org, desk, { input });
    const [row] = await taken(org.reviewer, decisionsAs("jsonl"));
    expect(row).toMatchObject({ input, confidence: { raw: 0.8 }, withheld: false });
  });

  test("CSV begins with its mark and header, and no cell of it is a formula", async () => {
    await aDecision(db, org, desk, { subjectType: "customer", subjectId: "=cmd|'/c calc'!A0" });
    const { id } = await createExport(org.reviewer, decisionsAs("csv"));
    await runAll();
    const text = await textOf(org.reviewer, id);
    expect(text.startsWith("\u{FEFF}id,created_at,")).toBe(true);
    expect(text).toContain(",'=cmd|'/c calc'!A0,");
    expect(text.split("\r\n")).toHaveLength(3);
  });

  test("of nothing is a header and no rows", async () => {
    const { id } = await createExport(org.reviewer, decisionsAs("csv", { status: "expired" }));
    await runAll();
    expect((await textOf(org.reviewer, id)).split("\r\n")).toHaveLength(2);
    expect(await taken(org.reviewer, decisionsAs("jsonl", { status: "expired" }))).toEqual([]);
  });

  test("does not take in what came after it was asked for", async () => {
    const before = await many(3);
    const { id } = await createExport(org.reviewer, decisionsAs("jsonl"));
    await many(3);
    await runAll();
    const ids = (await textOf(org.reviewer, id)).trimEnd().split("\n");
    expect(ids.map((row) => (JSON.parse(row) as { id: string }).id)).toEqual(before.toReversed());
  });
});

describe("whoever takes it out sees what the list would show", () => {
  test("a reviewer takes out no audits, a key nothing at all, and another person's file is not theirs", async () => {
    const audits: CreateExport = { kind: "audits", format: "csv", filter: {} };
    await expect(createExport(org.reviewer, audits)).rejects.toMatchObject({ code: "forbidden" });
    const key = await org.keyOf(desk.app, ["decisions:read"]);
    await expect(createExport(key, decisionsAs("csv"))).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await createExport(org.reviewer, decisionsAs("csv"));
    await expect(getExport(org.admin, { id })).rejects.toMatchObject({ code: "not_found" });
    await expect(downloadExport(org.admin, { id })).rejects.toMatchObject({ code: "not_found" });
    await expect(cancelExport(org.admin, { id })).rejects.toMatchObject({ code: "not_found" });
    expect((await listExports(org.admin, { limit: 10 })).data).toEqual([]);
    await expect(getExport((await anOrg(db)).admin, { id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("copies that measure reviewers are in no record; in a reviewer's own file their absence would tell", async () => {
    const real = await aDecision(db, org, desk);
    const copy = await aDecision(db, org, desk, { measure: true });
    const decisions = async (ctx: Context) => (await taken(ctx, decisionsAs("jsonl"))).map(({ id }) => id);
    expect(await decisions(org.admin)).toEqual([real.id]);
    expect(await decisions(org.auditor)).toEqual([real.id]);
    expect(await decisions(org.reviewer)).toEqual([copy.id, real.id]);
    const open: CreateExport = { kind: "reviews", format: "jsonl", filter: { tab: "open" } };
    expect((await taken(org.admin, open)).map(({ id }) => id)).toEqual([real.reviewId]);
    expect((await taken(org.reviewer, open)).map(({ id }) => id)).toEqual([copy.reviewId, real.reviewId]);
  });

  test("an auditor's file withholds the model's side of what they may still judge", async () => {
    const { id } = await aDecision(db, org, desk, { status: "approved", auditDrawn: true });
    const [blind] = await taken(org.auditor, decisionsAs("jsonl"));
    expect(blind).toMatchObject({ id, withheld: true, status: null, confidence: null, execution: null });
    expect(blind).toMatchObject({
      proposal: { predicted: null },
      route: null,
      outcome: null,
      rationale: null,
    });
    const [seen] = await taken(org.admin, decisionsAs("jsonl"));
    expect(seen).toMatchObject({
      id,
      withheld: false,
      status: "approved",
      proposal: { predicted: "positive" },
    });
  });

  test("a reviewer's file withholds the model's side of what waits for a blind answer", async () => {
    const { id, reviewId } = await aDecision(db, org, desk);
    await db.execute(sql`update reviews set blind = true where id = ${reviewId}`);
    expect(await taken(org.reviewer, decisionsAs("jsonl"))).toMatchObject([
      { id, withheld: true, confidence: null, proposal: { predicted: null } },
    ]);
    expect(await taken(org.admin, decisionsAs("jsonl"))).toMatchObject([{ id, withheld: false }]);
    const open: CreateExport = { kind: "reviews", format: "jsonl", filter: { tab: "open" } };
    expect(await taken(org.reviewer, open)).toMatchObject([
      { id: reviewId, predicted: null, confidence: null },
    ]);
    await db.execute(
      sql`update reviews set staged_verdict = 'approve', staged_by = 'user:x' where id = ${reviewId}`,
    );
    expect(await taken(org.reviewer, decisionsAs("jsonl"))).toMatchObject([{ id, withheld: false }]);
  });

  test("who is disabled half-way gets nothing, and the reason is kept", async () => {
    const { id } = await createExport(org.reviewer, decisionsAs("csv"));
    await db.execute(sql`update users set disabled_at = now() where id = ${org.reviewer.actor.id}`);
    await runAll();
    expect(await getExport(org.reviewer, { id })).toMatchObject({
      status: "failed",
      error: "Whoever asked for it is no longer a member.",
    });
  });

  test.each(["reviews", "executions"] as const)("%s are taken out as their list shows them", async (kind) => {
    const inReview = await aDecision(db, org, desk);
    const approved = await aDecision(db, org, desk, { status: "approved" });
    const filter: CreateExport["filter"] = kind === "reviews" ? { tab: "open" } : {};
    const rows = await taken(org.reviewer, { kind, format: "jsonl", filter });
    expect(rows.map(({ decision_id }) => decision_id)).toEqual([
      kind === "reviews" ? inReview.id : approved.id,
    ]);
  });

  test("reviews of a queue are its members' to take out", async () => {
    const { reviewId } = await aDecision(db, org, desk);
    const member = await org.person("reviewer");
    await db.execute(sql`insert into queue_members (queue_id, user_id, org_id)
      values (${desk.queue}, ${member.actor.id}, ${org.orgId})`);
    const open: CreateExport = { kind: "reviews", format: "jsonl", filter: { tab: "open" } };
    expect(await taken(org.reviewer, open)).toEqual([]);
    expect(await taken(member, open)).toMatchObject([{ id: reviewId }]);
  });

  test("audits are taken out as the worklist shows them", async () => {
    const { id } = await aDecision(db, org, desk, { status: "approved", auditDrawn: true });
    await db.execute(sql`insert into audits (id, org_id, decision_id, pi_label)
      values (${`aud_${id}`}, ${org.orgId}, ${id}, 1)`);
    const [row] = await taken(org.auditor, { kind: "audits", format: "jsonl", filter: { tab: "open" } });
    expect(row).toMatchObject({ id: `aud_${id}`, status: "open" });
    expect(Object.keys(row ?? {})).not.toContain("predicted");
  });
});

describe("what is mistyped", () => {
  test.each<CreateExport["filter"]>([{ statuss: "approved" }, { status: "aproved" }, { from: "yesterday" }])(
    "is refused and not taken for no filter: %j",
    async (filter) => {
      await expect(createExport(org.reviewer, decisionsAs("csv", filter))).rejects.toMatchObject({
        code: "validation_failed",
        errors: [{ pointer: `/filter/${Object.keys(filter)[0]}` }],
      });
    },
  );

  test("a fourth at once is refused", async () => {
    for (let i = 0; i < 3; i++) await createExport(org.reviewer, decisionsAs("csv"));
    await expect(createExport(org.reviewer, decisionsAs("csv"))).rejects.toMatchObject({
      code: "too_many_exports",
    });
    expect((await createExport(org.admin, decisionsAs("csv"))).status).toBe("pending");
  });
});

describe("workers", () => {
  async function aLong(count: number): Promise<string> {
    await db.execute(sql`insert into decisions (id, org_id, app_id, type_id, request_hash, input, arguments, predicted,
        livemode, status, route, reasons, level, pi_label, pi_ref, draw_u, audit_drawn, audit_pending, submitted_by, created_at)
      select 'dec_long' || lpad(i::text, 8, '0') || ${org.orgId}, ${org.orgId}, ${desk.app}, ${desk.type}, '0',
        '{"message": "long"}', '{}', 'positive', false, 'recorded', 'shadow', '[]', 'shadow', 1, 1, 0.5, false, false, 'key:k',
        now() - interval '1 day' from generate_series(1, ${count}) i`);
    return (await createExport(org.reviewer, decisionsAs("jsonl"))).id;
  }

  test("three at once and one that dies write every row once", async () => {
    const id = await aLong(6000);
    // One took it and was not heard of again after its first part.
    await db.execute(
      sql`update exports set status = 'running', lease_until = now() + interval '1 hour' where id = ${id}`,
    );
    expect(await runExports(org.system)).toBe(0);
    await db.execute(sql`update exports set lease_until = now() - interval '1 second' where id = ${id}`);
    for (let turns = 0; turns < 50; turns++) {
      // Each turn's lease is given up at once, as if every worker took the others for dead.
      const turn = Promise.all([1, 2, 3].map(() => runExports(org.system)));
      await db.execute(
        sql`update exports set lease_until = now() - interval '1 second' where id = ${id} and status = 'running'`,
      );
      if ((await turn).every((done) => done === 0)) break;
    }
    expect(await getExport(org.reviewer, { id })).toMatchObject({ status: "done", rows: 6000, total: 6000 });
    const ids = (await textOf(org.reviewer, id)).trimEnd().split("\n");
    expect(ids).toHaveLength(6000);
    expect(new Set(ids.map((line) => (JSON.parse(line) as { id: string }).id)).size).toBe(6000);
  });

  test("what is cancelled while it is written stays cancelled and leaves nothing", async () => {
    const id = await aLong(4000);
    const [cancelled] = await Promise.all([cancelExport(org.reviewer, { id }), runExports(org.system)]);
    expect(cancelled.status).toBe("cancelled");
    await runAll();
    expect(await getExport(org.reviewer, { id })).toMatchObject({
      status: "cancelled",
      size: 0,
      download: null,
    });
    expect(await rowsOf(db, sql`select part from export_parts where export_id = ${id}`)).toEqual([]);
    expect((await cancelExport(org.reviewer, { id })).status).toBe("cancelled");
    await expect(downloadExport(org.reviewer, { id })).rejects.toMatchObject({ code: "export_not_finished" });
  });
});

test("after seven days a file is gone, first from the door and then from the disk", async () => {
  await many(1);
  const { id } = await createExport(org.reviewer, decisionsAs("csv"));
  await runAll();
  await expect(cancelExport(org.reviewer, { id })).rejects.toMatchObject({ code: "export_finished" });
  expect(await expireExports(org.system)).toBe(0);
  await db.execute(sql`update exports set expires_at = now() - interval '1 second' where id = ${id}`);
  await expect(downloadExport(org.reviewer, { id })).rejects.toMatchObject({ kind: "gone" });
  expect(await expireExports(org.system)).toBe(1);
  await expect(getExport(org.reviewer, { id })).rejects.toMatchObject({ code: "not_found" });
  expect(await rowsOf(db, sql`select part from export_parts where export_id = ${id}`)).toEqual([]);
});

test("who took what out is in the journal, without what it was filtered for", async () => {
  const { id } = await createExport(org.reviewer, decisionsAs("csv", { subject: "erika@example.test" }));
  await runAll();
  await textOf(org.reviewer, id);
  const rows = await rowsOf<{ action: string; entry: string }>(
    db,
    sql`select action, entry from journal where subject = ${id} order by id`,
  );
  expect(rows.map(({ action }) => action)).toEqual(["export.asked", "export.finished", "export.downloaded"]);
  expect(rows[0]?.entry).toContain('"filtered_by":["subject"]');
  expect(rows.map(({ entry }) => entry).join()).not.toContain("erika");
});
