import { expect, test } from "vitest";
import { auditJudgements, audits } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import type { Truth } from "@/lib/decisions/schema";
import { newId } from "@/lib/kernel/ids";
import { getTile } from "../get-tile";

const { db } = await testDatabase();

/** An organization whose auditors gave these answers: `p` acting was right, `n` it was not; a letter an auditor. */
async function judged(answers: [each: string, times: number][]) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const about = { orgId: org.orgId, judgement: "correct", judgedAt: new Date() } as const;
  for (const each of answers.flatMap(([each, times]) => Array.from({ length: times }, () => each))) {
    const { id: decisionId } = await aDecision(db, org, desk, { status: "approved" });
    const auditId = newId("audit");
    const blind = [...each].map((letter): Truth => (letter === "p" ? "positive" : "negative"));
    await db
      .insert(audits)
      .values({ ...about, id: auditId, decisionId, status: "done", blindAnswer: "positive" });
    const given = blind.map((blindAnswer, at) => ({ auditor: `user:${at}`, blindAnswer }));
    await db.insert(auditJudgements).values([
      ...given.map((one) => ({ ...about, ...one, id: newId("judgement"), auditId })),
      // Neither the last word of who saw them all nor a claim without a judgement is one more opinion.
      {
        ...about,
        id: newId("judgement"),
        auditId,
        auditor: "user:last",
        blindAnswer: "positive",
        adjudication: true,
      },
      { id: newId("judgement"), orgId: org.orgId, auditId, auditor: "user:open" },
    ]);
  }
  return org;
}

const read = async (answers: [string, number][]) =>
  getTile((await judged(answers)).admin, { tile: "auditor_agreement" });

test("every auditor of an audit counts, whoever answered first: alpha as counted outside of this program", async () => {
  const { sentence, figures, table, population } = await read([
    ["ppp", 10],
    ["ppn", 3],
    ["npp", 3],
    ["nnp", 4],
    ["nnn", 10],
    ["pn", 10],
    ["nn", 5],
    ["p", 7],
  ]);
  const [said] = table.rows;
  expect(said?.at(-3)).toBeCloseTo(0.3359375, 12);
  expect(sentence).toMatch(/^alpha 0\.336 \(95 % interval 0\.\d{3} to 0\.\d{3}\), n = 45\.$/);
  const [lower, upper] = [Number(said?.at(-2)), Number(said?.at(-1))];
  expect(lower).toBeGreaterThan(0.1);
  expect(lower).toBeLessThan(0.336);
  expect(upper).toBeGreaterThan(0.336);
  expect(upper).toBeLessThan(0.65);
  expect(figures).toMatchObject([{ label: "All said the same", value: 25 / 45, n: 45 }]);
  expect(population).toContain("every one of their answers");
  expect(table.rows.map((cells) => cells.slice(0, 3))).toEqual(
    expect.arrayContaining([
      [3, 0, 10],
      [2, 1, 6],
      [1, 2, 4],
      [1, 1, 10],
    ]),
  );
});

test("below twenty audits it says how many there are and what to do, and no figure of agreement by chance", async () => {
  const { sentence, table } = await read([
    ["ppp", 4],
    ["pnn", 2],
  ]);
  expect(sentence).toContain("Not enough yet for alpha: 6 of 20 cases");
  expect(table.rows.every((cells) => cells.slice(3).every((cell) => cell === null))).toBe(true);
});

test("where all always say the same there is no alpha, and it says so", async () => {
  const { sentence } = await read([["pp", 21]]);
  expect(sentence).toBe("No alpha: all of 21 cases were answered alike.");
});
