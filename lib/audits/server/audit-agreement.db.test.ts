import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import type { Context } from "@/lib/server/context";
import type { Judging } from "../schema";
import { answerBlind } from "./answer-blind";
import { auditAgreement } from "./audit-agreement";
import { judgeAudit } from "./judge-audit";
import { anAutonomousDesk, anOpenAudit } from "./testing-audits";

const { db } = await testDatabase();
const correct: Judging = { judgement: "correct" };
const borderline: Judging = { judgement: "borderline" };

async function gives(who: Context, auditId: string, ruling: Judging): Promise<void> {
  await answerBlind(who, { auditId, answer: "positive" });
  await judgeAudit(who, { auditId, ruling });
}

test("counts what all its auditors judged, agreed or not, and neither half-judged nor single ones", async () => {
  const { org, desk } = await anAutonomousDesk(db);
  const [ada, bo, cy] = [org.auditor, await org.person("auditor"), await org.person("auditor")];
  const made = [];
  for (const judges of [2, 2, 2, 1]) made.push((await anOpenAudit(db, org, desk, { judges })).auditId);
  const [agreed = "", disputed = "", half = "", single = ""] = made;
  await gives(ada, agreed, correct);
  await gives(bo, agreed, correct);
  await gives(ada, disputed, correct);
  await gives(bo, disputed, borderline);
  await gives(ada, half, correct);
  await gives(ada, single, correct);
  expect(await auditAgreement(org.auditor, {})).toMatchObject({ n: 2, measures: null });
  // The last word is no independent judgement: it changes nothing.
  await gives(cy, disputed, borderline);
  expect(await auditAgreement(org.admin, {})).toMatchObject({ n: 2 });
  expect(await auditAgreement(org.auditor, { plan: "pln_none" })).toMatchObject({ n: 0 });
  await expect(auditAgreement(org.reviewer, {})).rejects.toMatchObject({ kind: "forbidden" });
  expect(await auditAgreement((await anOrg(db)).auditor, {})).toMatchObject({ n: 0 });
});
