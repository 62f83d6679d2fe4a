import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { CreateDecisionType, ListFilter } from "../inputs";
import { createConnector } from "./create-connector";
import { createConnectorAction } from "./create-connector-action";
import { createDecisionType } from "./create-decision-type";
import { getDecisionType } from "./get-decision-type";
import { listDecisionTypes } from "./list-decision-types";
import { aConnector, anAction, aType } from "./testing-inputs";
import { trailOf } from "./testing-trail";
import { updateDecisionType } from "./update-decision-type";

const { db } = await testDatabase();
const org = await anOrg(db);

test("a type is made with a queue of its own, and is in the journal", async () => {
  const type = await createDecisionType(org.admin, aType({ queue: { undo_seconds: 10 } }));
  expect(type.queue).toMatchObject({ key: type.key, name: type.name, lease_seconds: 900, undo_seconds: 10 });
  expect(await getDecisionType(org.reviewer, { type: type.key })).toEqual(type);
  expect((await trailOf(db, type.id)).journal).toMatchObject([{ action: "decision_type.created" }]);
});

test("a second type may share the first one's queue", async () => {
  const first = await createDecisionType(org.admin, aType());
  const second = await createDecisionType(org.admin, aType({ queue_id: first.queue.id }));
  expect(second.queue.id).toBe(first.queue.id);
});

test("a schema that is none is refused with a pointer into the request, and nothing is stored", async () => {
  const input = aType({ arguments_schema: { properties: { amount: { type: "money" } } } });
  await expect(createDecisionType(org.admin, input)).rejects.toMatchObject({
    code: "invalid_schema",
    errors: [{ pointer: "/arguments_schema/properties/amount/type" }],
  });
  await expect(getDecisionType(org.admin, { type: input.key })).rejects.toMatchObject({ kind: "not_found" });
  const good = await createDecisionType(org.admin, aType());
  const change = { type: good.id, version: 1, input_schema: { $ref: "https://x.example/s" } };
  await expect(updateDecisionType(org.admin, change)).rejects.toMatchObject({
    code: "invalid_schema",
    errors: [{ pointer: "/input_schema/$ref" }],
  });
});

test("a change keeps what it does not name, raises the version and reaches the queue", async () => {
  const type = await createDecisionType(org.admin, aType({ decline_reasons: ["not entitled"] }));
  const changed = await updateDecisionType(org.admin, {
    type: type.key,
    version: 1,
    name: "Refund",
    queue: { lease_seconds: 60 },
  });
  expect(changed).toMatchObject({ name: "Refund", version: 2, decline_reasons: ["not entitled"] });
  expect(changed.queue).toMatchObject({ lease_seconds: 60, undo_seconds: 5 });
  expect((await trailOf(db, type.id)).journal[1]).toMatchObject({
    data: { changed: ["name", "queue"], version: 2 },
  });
});

test("of two admins who read the same version the second is told and changes nothing", async () => {
  const type = await createDecisionType(org.admin, aType());
  const both = await Promise.allSettled(
    ["One", "Two"].map((name) => updateDecisionType(org.admin, { type: type.id, version: 1, name })),
  );
  expect(both.find((each) => each.status === "rejected")).toMatchObject({
    reason: { code: "stale_version" },
  });
  const won = both.find((each) => each.status === "fulfilled");
  expect(await getDecisionType(org.admin, { type: type.id })).toEqual(won?.value);
});

test("a type points at a connector action of its own organisation only", async () => {
  const connector = await createConnector(org.admin, aConnector());
  const action = await createConnectorAction(org.admin, { connector: connector.id, ...anAction() });
  const type = await createDecisionType(org.admin, aType({ action_id: action.id }));
  expect(type.action).toMatchObject({ id: action.id, connector: connector.key, class: "A" });
  const other = await anOrg(db);
  await expect(createDecisionType(other.admin, aType({ action_id: action.id }))).rejects.toMatchObject({
    errors: [{ pointer: "/action_id" }],
  });
  await expect(createDecisionType(other.admin, aType({ queue_id: type.queue.id }))).rejects.toMatchObject({
    errors: [{ pointer: "/queue_id" }],
  });
});

test("reviewers and auditors read types and change nothing; another organisation sees none", async () => {
  const type = await createDecisionType(org.admin, aType());
  for (const ctx of [org.reviewer, org.auditor]) {
    await expect(createDecisionType(ctx, aType())).rejects.toMatchObject({ code: "forbidden" });
    const change = updateDecisionType(ctx, { type: type.id, version: 1, name: "x" });
    await expect(change).rejects.toMatchObject({ code: "forbidden" });
  }
  const other = await anOrg(db);
  expect((await listDecisionTypes(other.admin, ListFilter.parse({}))).data).toEqual([]);
  await expect(getDecisionType(other.admin, { type: type.id })).rejects.toMatchObject({ kind: "not_found" });
});

test.each([
  { key: "Refund" },
  { amount_pointer: "amount" },
  { summary_template: "Refund {oops}" },
  { currency: "euro" },
  { cost_wrong_yes: -1 },
  { decline_reasons: Array.from({ length: 10 }, (_, i) => `reason ${i}`) },
  { reversibility: "maybe" },
])("%j is refused at the edge", (over) => {
  const whole = { ...aType(), ...over };
  expect(CreateDecisionType.safeParse(whole).success).toBe(false);
});
