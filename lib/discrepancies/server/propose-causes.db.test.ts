import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { discrepancies, runs } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { CreateModel } from "@/lib/models/catalogue";
import { createModel } from "@/lib/models/server/create-model";
import { anOpenAiServer, type SaidChat } from "@/lib/models/testing-openai-server";
import { confirmDiscrepancy } from "./confirm-discrepancy";
import { getDiscrepancy } from "./get-discrepancy";
import { measureAuditor } from "./measure-auditor";
import { proposeCauses } from "./propose-causes";
import { setAuditor } from "./set-auditor";
import { aDisputedDesk } from "./testing-discrepancies";

const { db } = await testDatabase();
const quote = { part: "input", pointer: "/message", quote: "charged twice" };
const answer = { cause: "input", why: "It says so.", confidence: 0.7, evidence: [quote] };

/** What the model says next, in turn; the last one again and again. */
let says: (() => SaidChat | Promise<SaidChat>)[] = [];
let fake: Awaited<ReturnType<typeof anOpenAiServer>>;
const say = (said: object) => () => ({ answer: said });
beforeEach(async () => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY ??= randomBytes(32).toString("base64");
  says = [say(answer)];
  fake = await anOpenAiServer(() => {
    const [next] = says.length > 1 ? says.splice(0, 1) : says;
    return next ? next() : { status: 500 };
  });
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = fake.host;
});
afterEach(() => fake.close());

async function aCase(mode: "rules" | "model" | "off") {
  const desk = await aDisputedDesk(db);
  const model = await createModel(
    desk.org.admin,
    CreateModel.parse({
      key: "judge",
      name: "Judge",
      provider: "openai_compatible",
      model: "judge-1",
      base_url: fake.baseUrl,
      secret: "sk-test",
      max_retries: 0,
    }),
  );
  if (mode !== "rules") {
    await setAuditor(desk.org.admin, {
      app: desk.desk.app,
      mode,
      model_id: mode === "model" ? model.id : null,
      instructions: "Look closely.",
      version: 0,
    });
  }
  const { id } = await desk.decide();
  await desk.turnOut(id, "negative");
  await desk.look();
  return { ...desk, decision: id, id: (await desk.recordOf(id)).id };
}

test("with no model, rules propose, say that they are rules, and quote what stands there", async () => {
  const { org, id, propose } = await aCase("rules");
  await propose();
  const view = await getDiscrepancy(org.admin, { id });
  expect(view).toMatchObject({
    status: "proposed",
    proposed_cause: "inference",
    proposal: { by: "rules", usable: true },
  });
  expect(view.proposal?.evidence.map(({ quote }) => quote)).toEqual(["I was charged twice"]);
  expect(fake.asked).toEqual([]);
});

test("the app's model proposes and never confirms; a quote that it made up is left out and counted", async () => {
  const { org, desk, decision, id, propose } = await aCase("model");
  says = [say({ ...answer, evidence: [quote, { ...quote, quote: "charged thrice" }] })];
  await propose();
  const view = await getDiscrepancy(org.admin, { id });
  expect(view).toMatchObject({
    status: "proposed",
    proposed_cause: "input",
    cause: null,
    proposal: { by: "judge", dropped: 1, evidence: [{ ...quote, start: 6, end: 19 }] },
  });
  const [run] = await db
    .select()
    .from(runs)
    .where(eq(runs.id, view.proposal?.run_id ?? ""));
  expect(run).toMatchObject({
    purpose: "llm_auditor",
    status: "succeeded",
    appId: desk.app,
    decisionId: decision,
  });
  expect(fake.asked).toHaveLength(1);
  expect(fake.asked[0]?.messages[0]?.content).toContain("Look closely.");
});

test("with only made-up quotes nothing is proposed: unusable, and it says so", async () => {
  const { org, id, propose } = await aCase("model");
  says = [say({ ...answer, evidence: [{ ...quote, quote: "never written" }] })];
  await propose();
  const view = await getDiscrepancy(org.admin, { id });
  expect(view).toMatchObject({
    status: "open",
    proposed_cause: null,
    proposal: { usable: false, dropped: 1, evidence: [] },
  });
  expect(view.asking.due).toBe(false);
});

test("an answer of another form, and a model that fails, are tried three times and then left, with the reason", async () => {
  const { org, id, propose, hurry } = await aCase("model");
  says = [say({ cause: "weather" }), () => ({ status: 400, message: "no such model" })];
  for (let turn = 0; turn < 5; turn++) {
    await propose();
    const [row] = await db.select().from(discrepancies).where(eq(discrepancies.id, id));
    if (row?.askAt) await hurry(id);
  }
  expect(fake.asked).toHaveLength(3);
  const { asking, status } = await getDiscrepancy(org.admin, { id });
  expect({ asking, status }).toMatchObject({ asking: { tries: 3, due: false }, status: "open" });
  expect(asking.error).toBeTruthy();
});

test("two workers ask once", async () => {
  const { org, id } = await aCase("model");
  await Promise.all([proposeCauses(org.system), proposeCauses(org.system)]);
  expect(fake.asked).toHaveLength(1);
  expect((await getDiscrepancy(org.admin, { id })).status).toBe("proposed");
});

test("a side that speaks while the model thinks has it asked anew", async () => {
  const { org, id, decision, rule, look, propose } = await aCase("model");
  says = [
    async () => {
      await rule(decision, "positive");
      await look();
      return { answer: { ...answer, why: "of old words" } };
    },
    say(answer),
  ];
  await propose();
  const view = await getDiscrepancy(org.admin, { id });
  expect(view.proposal?.why).toBe("It says so.");
  expect(view.sides.map(({ side }) => side)).toContain("reviewer");
});

test("switched off, nobody is asked; switched on again, what waits is", async () => {
  const { org, desk, id, propose } = await aCase("off");
  await propose();
  expect((await getDiscrepancy(org.admin, { id })).proposal).toBeNull();
  const rules = { app: desk.app, mode: "rules", model_id: null, instructions: "x", version: 1 } as const;
  await setAuditor(org.admin, rules);
  await expect(setAuditor(org.admin, rules)).rejects.toMatchObject({ code: "stale_version" });
  await expect(setAuditor(org.auditor, rules)).rejects.toMatchObject({ kind: "forbidden" });
  await propose();
  expect((await getDiscrepancy(org.admin, { id })).status).toBe("proposed");
});

test("its agreement with people is counted from what they confirmed", async () => {
  const { org, id, propose, decide, turnOut, look, recordOf } = await aCase("rules");
  const { id: other } = await decide();
  await turnOut(other, "negative");
  await look();
  await propose();
  await confirmDiscrepancy(org.auditor, { id, cause: "inference" });
  await confirmDiscrepancy(org.auditor, { id: (await recordOf(other)).id, cause: "policy" });
  const { agreements, asked } = await measureAuditor(org.auditor, {});
  expect(asked).toBe(2);
  expect(agreements).toMatchObject([
    {
      by: "rules",
      n: 2,
      agreed: 1,
      causes: [
        { cause: "inference", n: 1, agreed: 1 },
        { cause: "policy", n: 1, agreed: 0 },
      ],
    },
  ]);
});
