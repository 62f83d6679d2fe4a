import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { maskFor } from "./mask-for";
import { updateAgent } from "./update-agent";

const { db } = await testDatabase();
const value = { input: { message: "I am a@b.example" }, amount: 4 };
const hidden = { input: { message: "I am [E-mail address]" }, amount: 4 };

test("an auditor sees personal data masked while its agent is on; who needs it sees it as it is", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const key = await org.keyOf(desk.app, ["decisions:read"]);
  expect(await maskFor(org.auditor, value)).toEqual(value);
  await updateAgent(org.admin, { agent: "pii", enabled: true, version: 0 });
  expect(await maskFor(org.auditor, value)).toEqual(hidden);
  for (const ctx of [org.reviewer, org.admin, key, org.system])
    expect(await maskFor(ctx, value)).toEqual(value);
  await updateAgent(org.admin, { agent: "pii", enabled: false, version: 1 });
  expect(await maskFor(org.auditor, value)).toEqual(value);
});

test("a decision that came in before the agent was on is masked too", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const { id } = await aDecision(db, org, desk, { input: value.input });
  await updateAgent(org.admin, { agent: "pii", enabled: true, version: 0 });
  const asked = { params: { decision: id } };
  expect((await getDecision(org.auditor, asked)).input).toEqual(hidden.input);
  expect((await getDecision(org.reviewer, asked)).input).toEqual(value.input);
});
