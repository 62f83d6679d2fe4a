import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "./context";
import { emit } from "./events";
import { serveLive } from "./live";

const { db } = await testDatabase();
const timing = { beatMs: 30, checkMs: 40 };

/** Opens a stream for whoever `current` answers, and reads what it says until `done` or its end. */
async function listen(current: () => Context) {
  const leave = new AbortController();
  const request = new Request("http://localhost/api/live", { signal: leave.signal });
  const response = await serveLive(() => Promise.resolve(current()), timing)(request);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let said = "";
  const until = async (done: (text: string) => boolean) => {
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) return { said, ended: true };
      said += decoder.decode(next.value);
      if (done(said)) return { said, ended: false };
    }
  };
  return { response, until, leave: () => leave.abort() };
}

const greeted = (text: string) => text.includes("resync");

test("people hear that something happened in their organisation, never what", async () => {
  const org = await anOrg(db);
  const other = await anOrg(db);
  const stream = await listen(() => org.reviewer);
  await stream.until(greeted);
  await emit(other.system, { type: "review.opened", subject: "rev_other" });
  await emit(org.system, {
    type: "review.opened",
    subject: "rev_1",
    decisionId: "dec_1",
    data: { amount: 5 },
  });
  const { said } = await stream.until((text) => text.includes("rev_1"));
  expect(said).toContain('data: {"type":"review.opened","subject":"rev_1","decision_id":"dec_1"}');
  expect(said).not.toContain("rev_other");
  expect(said).not.toContain("amount");
  stream.leave();
});

test("reviewers do not hear of audits, auditors do", async () => {
  const org = await anOrg(db);
  const [reviewer, auditor] = [await listen(() => org.reviewer), await listen(() => org.auditor)];
  await Promise.all([reviewer.until(greeted), auditor.until(greeted)]);
  await emit(
    org.system,
    { type: "audit.requested", subject: "aud_1", decisionId: "dec_1" },
    { type: "decision.approved", subject: "dec_1", decisionId: "dec_1" },
  );
  const ready = (text: string) => text.includes("decision.approved");
  expect((await auditor.until(ready)).said).toContain("audit.requested");
  expect((await reviewer.until(ready)).said).not.toContain("audit.requested");
  reviewer.leave();
  auditor.leave();
});

test("the stream beats, and ends with the session", async () => {
  const org = await anOrg(db);
  let signedIn = true;
  const stream = await listen(() => {
    if (signedIn) return org.reviewer;
    throw new DomainError("unauthenticated", "Your session has ended");
  });
  await stream.until((text) => text.includes(": beat"));
  signedIn = false;
  expect((await stream.until(() => false)).ended).toBe(true);
});

test("keys are refused", async () => {
  const org = await anOrg(db);
  const { response } = await listen(() => org.system);
  expect(response.status).toBe(403);
});
