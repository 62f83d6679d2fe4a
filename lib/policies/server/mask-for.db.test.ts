import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { CreatePolicy, SaveDraft } from "../views";
import { testPolicy } from "./check-policy";
import { createPolicy } from "./create-policy";
import { maskFor } from "./mask-for";
import { readPolicy } from "./read-policies";
import { saveDraft } from "./save-draft";
import { updateAgent } from "./update-agent";

const { db } = await testDatabase();
const value = { input: { message: "I am a@b.example" }, amount: 4 };
const hidden = { input: { message: "I am [E-mail address]" }, amount: 4 };

test("an admin sees personal data masked while its agent is on; whoever judges sees it as it is", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const key = await org.keyOf(desk.app, ["decisions:read"]);
  expect(await maskFor(org.admin, value)).toEqual(value);
  await updateAgent(org.admin, { agent: "pii", enabled: true, version: 0 });
  expect(await maskFor(org.admin, value)).toEqual(hidden);
  for (const ctx of [org.reviewer, org.auditor, key, org.system])
    expect(await maskFor(ctx, value)).toEqual(value);
  await updateAgent(org.admin, { agent: "pii", enabled: false, version: 1 });
  expect(await maskFor(org.admin, value)).toEqual(value);
});

test("a draft keeps the decisions of its fixtures as written, whatever its editor is shown", async () => {
  const org = await anOrg(db);
  const rule = { id: "mail", when: 'decision.input.message.contains("@")', effect: "require_review" };
  const fixture = { name: "mail", decision: { input: value.input }, expect: { effect: "require_review" } };
  const made = await createPolicy(
    org.admin,
    CreatePolicy.parse({ name: "M", rules: [rule], fixtures: [fixture] }),
  );
  await updateAgent(org.admin, { agent: "pii", enabled: true, version: 0 });
  const { version, open } = await readPolicy(org.admin, made.id);
  expect(open?.fixtures).toMatchObject([{ decision: { input: hidden.input } }]);
  const added = { name: "none", decision: { input: { message: "Hello" } }, expect: { effect: null } };
  const fixtures = [{ ...open?.fixtures[0], name: "renamed" }, added];
  const draft = SaveDraft.parse({ policy: made.id, version, rules: [rule], fixtures, note: "" });
  await saveDraft(org.admin, draft);
  const kept = await readPolicy(org.auditor, made.id);
  expect(kept.open?.fixtures).toMatchObject([{ name: "renamed", decision: { input: value.input } }, added]);
  expect((await testPolicy(org.admin, { policy: made.id })).fixtures).toMatchObject([
    { pass: true },
    { pass: true },
  ]);
});

test("a decision that came in before the agent was on is masked too", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const { id } = await aDecision(db, org, desk, { input: value.input });
  await updateAgent(org.admin, { agent: "pii", enabled: true, version: 0 });
  const asked = { params: { decision: id } };
  expect((await getDecision(org.admin, asked)).input).toEqual(hidden.input);
  expect((await getDecision(org.reviewer, asked)).input).toEqual(value.input);
});
