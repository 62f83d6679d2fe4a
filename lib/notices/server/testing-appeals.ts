import * as schema from "@/db/schema";
import { aDecision, anOrg, aRefundDesk, type TestOrg } from "@/db/testing-fixtures";
import type { Database } from "@/db/client";
import { actorName } from "@/lib/server/context";
import { offerAppeal } from "./offer-appeal";
import { submitAppeal } from "./submit-appeal";

export const said = { statement: "I never received the goods.", contact: "me@example.test" };
export const text = (content: string) => new TextEncoder().encode(content);

/** A decision that the organisation's reviewer declined. */
export async function aDeclined(org: TestOrg, more: Parameters<typeof aDecision>[3] = {}) {
  const desk = await aRefundDesk(org.system.db, org);
  const decision = await aDecision(org.system.db, org, desk, {
    status: "declined",
    decidedBy: actorName(org.reviewer.actor),
    decidedAt: new Date(),
    ...more,
  });
  await org.system.db.insert(schema.reviews).values({
    id: `rev_${decision.id.slice(4)}`,
    orgId: org.orgId,
    decisionId: decision.id,
    appId: desk.app,
    typeId: desk.type,
    queueId: desk.queue,
    status: "resolved",
    verdict: "decline",
    reasonCode: "not entitled",
    note: "He lies again, see the ticket",
    resolvedBy: actorName(org.reviewer.actor),
    resolvedAt: new Date(),
  });
  return { desk, decision };
}
const tokenOf = (url: string) => url.split("/").at(-1) ?? "";
/** A link that tells of it. */
export async function offered(org: TestOrg, decisionId: string) {
  const input = { params: { decision: decisionId }, body: { expires_in_days: 30 } };
  const notice = await offerAppeal(org.admin, input);
  return { ...notice, token: tokenOf(notice.url) };
}

/** An appeal that waits, and somebody who had no part in the decision. */
export async function anAppeal(db: Database) {
  const org = await anOrg(db);
  const judge = await org.person("reviewer");
  const { decision } = await aDeclined(org);
  const { token } = await offered(org, decision.id);
  return { org, judge, decision, token, ...(await submitAppeal(org.system, { token, said, files: [] })) };
}
