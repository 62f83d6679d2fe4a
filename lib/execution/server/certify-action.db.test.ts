import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import type { StoredActionConfig } from "@/lib/apps/action-config";
import type { ConnectorClass } from "@/lib/apps/schema";
import type { CertificationCheck, CertificationView } from "../certification";
import { certifyAction } from "./certify-action";
import { closeConnectors } from "./connectors/connector-of";
import { getCertification } from "./get-certification";
import { listCertifications } from "./list-certifications";
import { runCertifications } from "./run-certifications";
import { aCertifiedDesk, aCertifiedTarget, bad, good, type CertifiedTarget } from "./testing-certified";

const { db } = await testDatabase();

let target: CertifiedTarget;
beforeAll(async () => {
  target = await aCertifiedTarget();
});
afterAll(async () => {
  await closeConnectors();
  target.close();
});
beforeEach(() => target.reset());

const aDesk = (connectorClass: ConnectorClass, more: Partial<StoredActionConfig> = {}) =>
  aCertifiedDesk(db, target, connectorClass, more);

async function certified(connectorClass: ConnectorClass, more: Partial<StoredActionConfig> = {}) {
  const { org, desk } = await aDesk(connectorClass, more);
  const input = { connector: desk.connector, action: "refund", arguments: good, bad_arguments: bad };
  const { id } = await certifyAction(org.admin, input);
  await runCertifications(org.system);
  return { org, desk, id, view: await getCertification(org.auditor, { params: { certification: id } }) };
}

const outcomes = ({ checks }: CertificationView) =>
  Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome]));
const sentence = ({ checks }: CertificationView, name: CertificationCheck) =>
  checks.find(({ check }) => check === name)?.sentence;

test("class A passes on a target that dedupes: one effect, and every claim proved", async () => {
  const observe = { path: "/state/{/invoice}", pointers: ["/balance"] };
  const { view, org, id } = await certified("A", { observe });
  expect(view).toMatchObject({ status: "passed", stale: false, connector_version: 1, class: "A" });
  expect(outcomes(view)).toEqual({
    accepts: "passed",
    dedupes: "passed",
    looks_up: "passed",
    finds_nothing: "passed",
    refuses: "passed",
    observes: "passed",
  });
  expect(target.effects).toHaveLength(1);
  expect(sentence(view, "dedupes")).toContain("re_1");
  expect(sentence(view, "refuses")).toContain("amount is negative");
  expect(sentence(view, "observes")).toContain("/balance: 7");
  expect(view.checks[0]).toMatchObject({ response_status: 200, request: { method: "POST" } });
  const actions = await db.select().from(schema.journal).where(eq(schema.journal.subject, id));
  expect(actions.map(({ action }) => action)).toEqual(["certification.started", "certification.finished"]);
  const events = await db.select().from(schema.events).where(eq(schema.events.orgId, org.orgId));
  expect(events.map(({ type }) => type)).toContain("certification.finished");
});

test("class A fails on a target that acts twice for one key, and says both references", async () => {
  target.dedupes = false;
  const { view } = await certified("A");
  expect(view.status).toBe("failed");
  expect(outcomes(view)).toMatchObject({ accepts: "passed", dedupes: "failed" });
  expect(sentence(view, "dedupes")).toContain("re_1, then re_2");
});

test("class B is proved by its look-up alone: the key is sent once", async () => {
  target.dedupes = false;
  const { view } = await certified("B");
  expect(view.status).toBe("passed");
  expect(outcomes(view)).toMatchObject({ dedupes: "skipped", looks_up: "passed", finds_nothing: "passed" });
  expect(target.effects).toHaveLength(1);
});

test("class B fails when its look-up misses the effect, or finds one for a key never used, or is not there", async () => {
  target.forgets = true;
  expect(outcomes((await certified("B")).view)).toMatchObject({
    looks_up: "failed",
    finds_nothing: "passed",
  });
  target.forgets = false;
  target.finds = "all";
  target.effects = [];
  expect(outcomes((await certified("B")).view)).toMatchObject({
    looks_up: "passed",
    finds_nothing: "failed",
  });
  const { view } = await certified("B", { lookup: null });
  expect(outcomes(view)).toMatchObject({ looks_up: "failed", finds_nothing: "failed" });
  expect(sentence(view, "looks_up")).toContain("names none");
});

test("class C has nothing to prove, and says so", async () => {
  const { view } = await certified("C", { lookup: null });
  expect(view.status).toBe("passed");
  expect(sentence(view, "dedupes")).toContain("Class C claims nothing");
  expect(outcomes(view)).toMatchObject({ accepts: "passed", dedupes: "skipped", looks_up: "skipped" });
});

test.each([
  [500, "Not refused with a listed status"],
  [200, "It did what it should have refused"],
])("bad input that is answered %i is not a refusal", async (status, words) => {
  target.badStatus = status;
  const { view } = await certified("A", { success_schema: {} });
  expect(outcomes(view)).toMatchObject({ accepts: "passed", refuses: "failed" });
  expect(sentence(view, "refuses")).toContain(words);
});

test("a call that fails proves nothing: what rests on it is not asked", async () => {
  target.goodStatus = 503;
  const { view } = await certified("A");
  expect(view.status).toBe("failed");
  expect(outcomes(view)).toMatchObject({ accepts: "failed", dedupes: "skipped", looks_up: "skipped" });
  const { view: unlike } = await certified("A", { success_schema: { required: ["nothing"] } });
  expect(outcomes(unlike).accepts).toBe("failed");
});

test("arguments that make no request, and a state that cannot be read, are said", async () => {
  const observe = { path: "/state/{/nobody}", pointers: [] };
  const { view } = await certified("A", { path: "/v1/{/missing}", observe });
  expect(sentence(view, "accepts")).toContain("/missing");
  expect(outcomes(view)).toMatchObject({ accepts: "failed", refuses: "failed", observes: "failed" });
});

test("a result is stale once the connector has changed, and lists by connector", async () => {
  const { org, desk, id } = await certified("A");
  await db.update(schema.connectors).set({ version: 2 }).where(eq(schema.connectors.id, desk.connector));
  const list = (query: object) => listCertifications(org.admin, { query: { limit: 10, ...query } });
  expect((await list({ connector: desk.connector })).data).toMatchObject([
    { id, stale: true, connector_version: 1 },
  ]);
  expect((await list({ connector: "another" })).data).toEqual([]);
  expect((await list({ starting_after: id })).data).toEqual([]);
});

test("nothing is asked while automation is stopped, also when it stops after the run was asked for", async () => {
  const { org, desk } = await aDesk("A");
  const input = { connector: desk.connector, action: "refund", arguments: good };
  const { id } = await certifyAction(org.admin, input);
  await db.update(schema.stops).set({ active: true }).where(eq(schema.stops.orgId, org.orgId));
  await runCertifications(org.system);
  const view = await getCertification(org.admin, { params: { certification: id } });
  expect(view.status).toBe("failed");
  expect(sentence(view, "accepts")).toContain("stopped");
  expect(target.effects).toEqual([]);
  await expect(certifyAction(org.admin, input)).rejects.toMatchObject({ code: "stopped" });
});

test("two workers ask once; a run whose worker died is ended, and never begun again", async () => {
  const { org, desk } = await aDesk("A");
  const input = { connector: desk.connector, action: "refund", arguments: good };
  await certifyAction(org.admin, input);
  const ended = await Promise.all([runCertifications(org.system), runCertifications(org.system)]);
  expect(ended.reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(target.effects).toHaveLength(1);
  const { id } = await certifyAction(org.admin, input);
  await db.execute(sql`update certifications set checks = jsonb_set(checks, '{claimed_at}', to_jsonb((now() - interval '1 hour')::text))
    where id = ${id}`);
  await runCertifications(org.system);
  const view = await getCertification(org.admin, { params: { certification: id } });
  expect(view.status).toBe("failed");
  expect(sentence(view, "accepts")).toContain("Broken off");
  expect(target.effects).toHaveLength(1);
});

test("an admin alone may certify, of their own organisation, an action that is there", async () => {
  const { org, desk } = await aDesk("A");
  const input = { connector: desk.connector, action: "refund", arguments: good };
  await expect(certifyAction(org.reviewer, input)).rejects.toMatchObject({ kind: "forbidden" });
  const other = await anOrg(db);
  await expect(certifyAction(other.admin, input)).rejects.toMatchObject({ kind: "not_found" });
  await expect(certifyAction(org.admin, { ...input, action: "none" })).rejects.toMatchObject({
    kind: "not_found",
  });
  const { id } = await certifyAction(org.admin, input);
  await expect(getCertification(other.admin, { params: { certification: id } })).rejects.toMatchObject({
    kind: "not_found",
  });
});
