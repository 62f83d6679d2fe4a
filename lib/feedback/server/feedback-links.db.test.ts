import { asc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { events, feedback, feedbackLinks, journal } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { preflight, serveCrossOrigin } from "@/lib/server/serve-cross-origin";
import { giveLinkedFeedbackEndpoint, type CustomerWord } from "../links";
import { linkLimits } from "../link-limits";
import { giveLinkedFeedback } from "./give-linked-feedback";
import { listFeedback } from "./list-feedback";
import { makeToken } from "./link-token";
import { offerFeedback } from "./offer-feedback";
import { openFeedbackPage } from "./open-feedback-page";
import { readFeedbackLink } from "./read-feedback-link";
import { receiveFeedbackForm } from "./receive-feedback-form";

const { db } = await testDatabase();
const header = () => null;

async function aLink() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const decision = await aDecision(db, org, desk, { status: "approved" });
  const key = await org.keyOf(desk.app, ["feedback:write"]);
  const link = await offerFeedback(key, { body: { decision_id: decision.id, expires_in_days: 7 } });
  const say = (body: CustomerWord, token = link.token) =>
    giveLinkedFeedback(org.system, { params: { token }, body, header });
  const rows = () =>
    db.select().from(feedback).where(eq(feedback.decisionId, decision.id)).orderBy(asc(feedback.id));
  return { org, desk, decision, link, say, rows };
}

describe("making a link", () => {
  test("tells and journals it without its token, for one's own app's decisions only", async () => {
    const { org, decision, link } = await aLink();
    expect(link.url.endsWith(`/feedback/${link.token}`)).toBe(true);
    const [event] = await db.select().from(events).where(eq(events.subject, link.id));
    expect(event).toMatchObject({ type: "feedback.offered", decisionId: decision.id });
    const entries = await db.select().from(journal).where(eq(journal.subject, link.id));
    expect(entries).toHaveLength(1);
    expect(JSON.stringify([event, entries])).not.toContain(link.token.split(".")[2]);
    const other = await aRefundDesk(db, org);
    const body = { decision_id: decision.id, expires_in_days: 7 };
    const foreign = await org.keyOf(other.app, ["feedback:write"]);
    await expect(offerFeedback(foreign, { body })).rejects.toMatchObject({ kind: "not_found" });
    await expect(offerFeedback(org.auditor, { body })).rejects.toMatchObject({ kind: "forbidden" });
    expect((await offerFeedback(org.reviewer, { body })).token).not.toBe(link.token);
  });
});

describe("one link, one word", () => {
  test("the first is kept, the same again changes nothing, another one stands in its place", async () => {
    const { org, decision, link, say, rows } = await aLink();
    const first = await say({ vote: "down", text: "Wrong card" });
    expect(first.more.status).toBe(201);
    expect(first.body).toMatchObject({ vote: "down", text: "Wrong card" });
    const again = await say({ vote: "down", text: "Wrong card" });
    expect([again.more.status, again.more.headers?.["Idempotent-Replayed"]]).toEqual([200, "true"]);
    const changed = await say({ vote: "up" });
    expect([changed.more.status, changed.body.vote, changed.body.text]).toEqual([200, "up", null]);
    const [old, standing, ...none] = await rows();
    expect(none).toEqual([]);
    expect(old).toMatchObject({ vote: "down", replacedBy: standing?.id, source: "customer" });
    expect(standing).toMatchObject({ vote: "up", replacedBy: null, linkId: link.id });
    const list = await listFeedback(org.auditor, { params: { decision: decision.id }, query: { limit: 5 } });
    expect(list.data.map(({ vote, replaced_by }) => [vote, replaced_by])).toEqual([
      ["up", null],
      ["down", standing?.id],
    ]);
    const read = await readFeedbackLink(org.system, { params: { token: link.token }, header });
    expect(read).toMatchObject({ vote: "up", text: null, given_at: standing?.createdAt.toISOString() });
    const told = await db.select().from(events).where(eq(events.type, "feedback.created"));
    expect(told.filter(({ decisionId }) => decisionId === decision.id)).toHaveLength(2);
  });

  test("two tabs at once leave one that stands and a history without forks", async () => {
    const { say, rows } = await aLink();
    await Promise.all(
      (["up", "down", "up", "down"] as const).map((vote, i) => say({ vote, text: `tab ${i}` })),
    );
    const all = await rows();
    expect(all).toHaveLength(4);
    expect(all.filter(({ replacedBy }) => replacedBy === null)).toHaveLength(1);
    expect(new Set(all.map(({ replacedBy }) => replacedBy)).size).toBe(4);
  });
});

describe("what is refused stores nothing", () => {
  test("forged, tampered, cut off, of another installation's row", async () => {
    const { decision, link, say, rows } = await aLink();
    const other = await aLink();
    const [id = "", until = "", signature = ""] = link.token.split(".");
    const later = (Number.parseInt(until, 36) + 86_400).toString(36);
    const tokens = [
      "",
      "x",
      link.token.slice(0, -1),
      `${link.token}A`,
      `${id}.${later}.${signature}`,
      `${other.link.id}.${until}.${signature}`,
      `${id}.${until}.${"A".repeat(43)}`,
      `${id}.${until}.${signature}'--`,
      makeToken(`fbl_${"0".repeat(26)}`, new Date(Date.now() + 1000_000)),
      // Ours, of an organisation that this page is not of.
      other.link.token,
    ];
    for (const token of tokens) {
      await expect(say({ vote: "up" }, token)).rejects.toMatchObject({ code: "feedback_link_invalid" });
    }
    expect(await rows()).toEqual([]);
    expect(await db.select().from(feedback).where(eq(feedback.decisionId, decision.id))).toEqual([]);
  });

  test("a link that lapsed, by its token or by its row", async () => {
    const { org, link, say, rows } = await aLink();
    const past = new Date(Date.now() - 1000);
    const lapsed = { code: "feedback_link_expired", kind: "gone" };
    await expect(say({ vote: "up" }, makeToken(link.id, past))).rejects.toMatchObject(lapsed);
    await db.update(feedbackLinks).set({ expiresAt: past }).where(eq(feedbackLinks.id, link.id));
    await expect(say({ vote: "up" })).rejects.toMatchObject(lapsed);
    expect(await openFeedbackPage(org.system, { token: link.token, header })).toEqual({ kind: "expired" });
    expect(await rows()).toEqual([]);
  });

  test("somebody who sends again and again has to wait", async () => {
    const { say, rows } = await aLink();
    // More than the limit by far: places come back while a slow machine is at it.
    const tries = await Promise.allSettled(Array.from({ length: 60 }, (_, i) => say({ text: `try ${i}` })));
    const refused = tries.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expect(refused[0]).toMatchObject({ reason: { code: "rate_limited" } });
    expect(await rows()).toHaveLength(60 - refused.length);
  });
});

describe("from a page of another site", () => {
  async function post(body: string, headers: Record<string, string> = {}) {
    const { org, link, rows } = await aLink();
    const POST = serveCrossOrigin(
      giveLinkedFeedbackEndpoint,
      async () => org.system,
      giveLinkedFeedback,
      linkLimits.bytes,
    );
    const url = `http://localhost/api/v1/feedback_links/${link.token}/feedback`;
    const request = new Request(url, {
      method: "POST",
      body,
      headers: { Origin: "https://shop.example", "Content-Type": "application/json", ...headers },
    });
    const answer = await POST(request, { params: Promise.resolve({ token: link.token }) });
    return { answer, stored: await rows() };
  }

  test("it is taken, and the browser may read the answer without credentials", async () => {
    const { answer, stored } = await post('{"vote":"up","text":"  "}', { Cookie: "session=anything" });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    expect(stored).toMatchObject([{ vote: "up", text: null, source: "customer" }]);
  });

  test.each([
    ["{}", 422],
    ["not json", 400],
    ['{"vote":"up","cause":"policy"}', 422],
    ['{"vote":"up","correction":{}}', 422],
    ['{"text":"a\\u0000b"}', 422],
    [JSON.stringify({ text: "x".repeat(linkLimits.text + 1) }), 422],
    [JSON.stringify({ text: "x".repeat(linkLimits.bytes) }), 413],
  ])("%.40j is answered with %i, readable, and stores nothing", async (body, status) => {
    const { answer, stored } = await post(body);
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([status, "*"]);
    expect(stored).toEqual([]);
  });

  test("a browser that asks first is told the methods, and nothing of credentials", () => {
    const { status, headers } = preflight(["GET", "POST"])();
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-methods")).toBe("GET, POST");
    expect(headers.get("access-control-allow-headers")).toBe("Content-Type");
    expect(headers.get("access-control-allow-credentials")).toBeNull();
  });
});

describe("the hosted page", () => {
  test("tells what was decided in the words of the notice, and nothing else of it", async () => {
    const { org, link } = await aLink();
    const opened = await openFeedbackPage(org.system, { token: link.token, header });
    expect(opened).toMatchObject({
      kind: "page",
      page: { orgName: "Test", about: "Issue a refund", decided: { acted: true } },
    });
    expect(JSON.stringify(opened)).not.toMatch(/charged twice|confidence|rationale|positive|dec_/);
  });

  test("says nothing of a decision that is not made", async () => {
    const { org, desk } = await aLink();
    const { id } = await aDecision(db, org, desk);
    const { token } = await offerFeedback(org.admin, { body: { decision_id: id, expires_in_days: 1 } });
    const opened = await openFeedbackPage(org.system, { token, header });
    expect(opened).toMatchObject({ kind: "page", page: { decided: null } });
    expect(JSON.stringify(opened)).not.toContain("INV-0001");
  });

  test("its form works without scripts, from our own page only", async () => {
    const { org, link, rows } = await aLink();
    const send = (body: string, site: string) =>
      receiveFeedbackForm(async () => org.system)({
        method: "POST",
        url: new URL("http://localhost/api/feedback/x"),
        header: (name) => (name === "sec-fetch-site" ? site : null),
        params: { token: link.token },
        body: async () => Buffer.from(body),
      });
    const foreign = await send("vote=up", "cross-site");
    expect(foreign.headers["Location"]).toContain("problem=foreign_origin");
    const empty = await send("text=", "same-origin");
    expect(empty.headers["Location"]).toContain("problem=validation_failed");
    expect(await rows()).toEqual([]);
    const kept = await send("vote=down&text=One%0D%0Atwo%00%C3%A9", "same-origin");
    expect([kept.status, kept.headers["Location"]]).toEqual([303, `/feedback/${link.token}?kept=1`]);
    expect(await rows()).toMatchObject([{ vote: "down", text: "One\ntwoé" }]);
  });
});
