import { describe, expect, test } from "vitest";
import type { HeardEvent, Person } from "./heard";
import { newsOf } from "./news";

const people: Person[] = [
  { id: "usr_ana", role: "reviewer" },
  { id: "usr_ben", role: "reviewer" },
  { id: "usr_aud", role: "auditor" },
  { id: "usr_adm", role: "admin" },
];
const nobodyIsMember = new Map<string, Set<string>>();
const onlyAna = new Map([["que_1", new Set(["usr_ana"])]]);

function event(type: string, more: Partial<HeardEvent> = {}): HeardEvent {
  return {
    id: 7,
    type,
    atMs: Date.parse("2026-11-22T17:23:00Z"),
    subject: "rev_1",
    decisionId: "dec_1",
    data: {},
    review: {
      id: "rev_1",
      kind: "approval",
      queueId: "que_1",
      queueKey: "refunds",
      queueName: "Refunds",
      heldBy: null,
      assignedTo: null,
      excluded: [],
      escalationLevel: 0,
    },
    app: { id: "app_1", name: "Refund desk" },
    typeName: "Issue a refund",
    money: { amount: 1800, currency: "EUR" },
    stopped: null,
    ...more,
  };
}
const review = event("x").review;
const to = (heard: HeardEvent, members = nobodyIsMember) => newsOf(heard, people, members)?.to;

describe("who is told", () => {
  test("of an assignment, the one it is for, unless they did it themselves", () => {
    const heard = event("review.assigned", { data: { to: "user:usr_ben", by: "user:usr_ana" } });
    expect(to(heard)).toEqual(["usr_ben"]);
    expect(newsOf(heard, people, nobodyIsMember)).toMatchObject({
      kind: "assigned",
      title: "Assigned to you: Refund desk: Issue a refund, €18.00",
      href: "/inbox/rev_1",
    });
    expect(to({ ...heard, data: { to: "user:usr_ben", by: "user:usr_ben" } })).toBeUndefined();
    expect(to({ ...heard, data: { to: "user:usr_aud" } })).toBeUndefined();
  });

  test("of what a queue shares out by itself, once an hour", () => {
    const data = { to: "user:usr_ben", by: "system:worker", reason: "shared_out" };
    const first = newsOf(event("review.assigned", { data }), people, nobodyIsMember);
    expect(first).toMatchObject({ to: ["usr_ben"], href: "/inbox?tab=mine" });
    const second = newsOf(
      event("review.assigned", { data, id: 8, subject: "rev_2" }),
      people,
      nobodyIsMember,
    );
    expect(second?.key).toBe(first?.key);
  });

  test("of what came back, the one who approved it", () => {
    expect(to(event("review.opened", { data: { reason: "changed", assigned_to: "user:usr_ana" } }))).toEqual([
      "usr_ana",
    ]);
    expect(to(event("review.opened"))).toBeUndefined();
  });

  test("of a second approval, the queue's people but those kept out of it", () => {
    const second = event("review.opened", {
      data: { kind: "second" },
      review: review && { ...review, kind: "second", excluded: ["user:usr_ana"] },
    });
    expect(to(second)).toEqual(["usr_ben"]);
    expect(to(second, onlyAna)).toBeUndefined();
  });

  test("of a mention, those named who may see it: no stranger to the queue", () => {
    const note = event("note.added", {
      data: { mentions: ["usr_ana", "usr_ben", "usr_aud"], by: "user:usr_ana" },
    });
    expect(to(note)).toEqual(["usr_ben", "usr_aud"]);
    expect(to(note, onlyAna)).toEqual(["usr_aud"]);
  });

  test("of time running out, the holder; without one, the queue once an hour", () => {
    const held = event("review.sla_warning", { review: review && { ...review, heldBy: "user:usr_ben" } });
    expect(to(held)).toEqual(["usr_ben"]);
    const open = newsOf(event("review.sla_warning"), people, onlyAna);
    expect(open).toMatchObject({ to: ["usr_ana"], href: "/inbox?tab=open&queue=refunds" });
    const later = newsOf(event("review.sla_warning", { id: 9, subject: "rev_2" }), people, onlyAna);
    expect(later?.key).toBe(open?.key);
  });

  test("of what is overdue, its queue and the admins", () => {
    expect(to(event("review.escalated"), onlyAna)).toEqual(["usr_ana", "usr_adm"]);
  });

  test("of a broken glass, the admins, each time, with the reason and a way to the decision", () => {
    const broken = event("review.break_glass", { data: { by: "user:usr_ana", reason: "All are on leave" } });
    const told = newsOf(broken, people, onlyAna);
    expect(told).toMatchObject({
      kind: "break_glass",
      title: "Glass broken: Refund desk: Issue a refund, €18.00",
      body: expect.stringMatching(/an audit of it is open.*All are on leave/),
      href: "/decisions/dec_1",
      to: ["usr_adm"],
    });
    expect(newsOf({ ...broken, id: 8 }, people, onlyAna)?.key).not.toBe(told?.key);
  });

  test("of audits, auditors alone", () => {
    expect(to(event("audit.requested", { review: null }))).toEqual(["usr_aud"]);
  });

  test("of an outcome nobody knows, those who may settle it; not of one that is still tried", () => {
    const unknown = event("decision.execution_updated", {
      data: { status: "unknown", needs_person: true },
      review: null,
    });
    expect(to(unknown)).toEqual(["usr_ana", "usr_ben", "usr_adm"]);
    expect(to({ ...unknown, data: { status: "unknown", needs_person: false } })).toBeUndefined();
    expect(to(event("execution.disputed", { review: null }))).toEqual(["usr_ana", "usr_ben", "usr_adm"]);
  });

  test("of a budget that is to be raised, the other admins", () => {
    const proposed = event("budget.proposed", {
      review: null,
      data: { by: "user:usr_else", of: "Refund desk" },
    });
    expect(newsOf(proposed, people, nobodyIsMember)).toMatchObject({
      title: "Second signature wanted: more for the budget of Refund desk",
      to: ["usr_adm"],
      href: "/settings/budgets",
    });
    const own = { ...proposed, data: { ...proposed.data, by: "user:usr_adm" } };
    expect(newsOf(own, people, nobodyIsMember)).toBeUndefined();
  });

  test("of a stop and its breaker, everybody, once", () => {
    const stop = event("autonomy.paused", {
      subject: "con_1",
      review: null,
      stopped: "Billing",
      data: { reason: "5 failed" },
    });
    const breaker = { ...stop, id: 8, type: "connector.breaker_opened" };
    expect(newsOf(stop, people, nobodyIsMember)).toMatchObject({
      title: "Automation is stopped: Billing",
      body: "5 failed",
      to: ["usr_ana", "usr_ben", "usr_aud", "usr_adm"],
    });
    expect(newsOf(breaker, people, nobodyIsMember)?.key).toBe(newsOf(stop, people, nobodyIsMember)?.key);
  });

  test("of an appeal, those of its queue who had no part in the decision", () => {
    const appeal = event("appeal.submitted", {
      review: review && { ...review, kind: "appeal", excluded: ["user:usr_ben"] },
    });
    expect(to(appeal)).toEqual(["usr_ana"]);
  });

  test("of a proposed contract, the admins who may sign it: never the one who proposed", () => {
    const proposed = event("contract.proposed", {
      subject: "ctr_1",
      decisionId: null,
      review: null,
      money: null,
      data: { did: "proposed", by: "user:usr_adm" },
    });
    expect(to(proposed)).toBeUndefined();
    const another = newsOf(
      { ...proposed, data: { did: "proposed", by: "user:usr_two" } },
      people,
      nobodyIsMember,
    );
    expect(another).toMatchObject({
      title: "Second signature wanted: Refund desk: Issue a refund",
      href: "/apps/app_1/contracts/ctr_1",
      to: ["usr_adm"],
    });
  });

  test("of more autonomy without a contract, the admins who may sign it; of its refusal, who proposed it", () => {
    const proposed = event("autonomy.proposed", {
      subject: "app_1/typ_1",
      decisionId: null,
      review: null,
      money: null,
      data: { did: "proposed", by: "user:usr_two" },
    });
    expect(newsOf(proposed, people, nobodyIsMember)).toMatchObject({
      kind: "autonomy",
      title: "Second signature wanted: Refund desk: Issue a refund",
      href: "/apps/app_1",
      to: ["usr_adm"],
    });
    const data = {
      did: "proposal_declined",
      by: "user:usr_two",
      proposed_by: "user:usr_adm",
      why: "Too early",
    };
    expect(newsOf({ ...proposed, data }, people, nobodyIsMember)).toMatchObject({
      title: "Your proposal was declined: Refund desk: Issue a refund",
      body: "Too early",
      to: ["usr_adm"],
    });
    expect(to({ ...proposed, data: { ...data, did: "proposal_withdrawn" } })).toBeUndefined();
  });

  test("of autonomy taken back, the admins, with the sentence that says why", () => {
    const down = event("contract.stepped_down", {
      subject: "ctr_1",
      review: null,
      money: null,
      data: { cause: "audit_alarm", why: "Audits found 9 of 120 wrong." },
    });
    expect(newsOf(down, people, nobodyIsMember)).toMatchObject({
      kind: "autonomy",
      title: "Autonomy was taken back: Refund desk: Issue a refund",
      body: "Audits found 9 of 120 wrong.",
      to: ["usr_adm"],
    });
  });

  test("of a declined proposal, the one who made it", () => {
    const declined = event("contract.changed", {
      review: null,
      data: { did: "proposal_declined", by: "user:usr_two", proposed_by: "user:usr_adm", why: "Too early" },
    });
    expect(newsOf(declined, people, nobodyIsMember)).toMatchObject({ to: ["usr_adm"], body: "Too early" });
    const other = { ...declined, data: { ...declined.data, proposed_by: "user:usr_else" } };
    expect(to(other)).toBeUndefined();
  });

  test("of anything else, nobody", () => {
    expect(to(event("decision.created"))).toBeUndefined();
  });
});

describe("what a monitor found", () => {
  const tell = { kind: "incident", title: "Alert: errors", body: "31 %", href: "/alerts/incidents/inc_1" };
  const opened = event("incident.opened", { review: null, decisionId: null });

  test("is told to everybody who may see monitors, in its own words, to the channels it names", () => {
    const data = { tell: { ...tell, channels: ["email", "cha_1"] } };
    expect(newsOf({ ...opened, data }, people, nobodyIsMember)).toMatchObject({
      kind: "incident",
      title: "Alert: errors",
      href: "/alerts/incidents/inc_1",
      to: ["usr_ana", "usr_ben", "usr_aud", "usr_adm"],
      channels: ["email", "cha_1"],
      mail: "yes",
    });
  });

  test("is not mailed where the monitor names no mail, and says nothing where there is nothing to tell", () => {
    const data = { tell: { ...tell, kind: "monitor", channels: [] } };
    expect(newsOf({ ...opened, data }, people, nobodyIsMember)).toMatchObject({
      kind: "monitor",
      mail: "no",
    });
    expect(newsOf(opened, people, nobodyIsMember)).toBeUndefined();
  });
});

test("an evaluator that no longer counts is told of to admins, with the reason and where it stands", () => {
  const data = { app: "app_1", name: "Judge", why: "Kappa 0.10 is below its floor of 0.50." };
  const fallen = event("evaluator.demoted", { review: null, decisionId: null, subject: "evl_1", data });
  expect(newsOf(fallen, people, nobodyIsMember)).toMatchObject({
    kind: "evaluator",
    title: "An evaluator no longer counts: Judge",
    body: "Kappa 0.10 is below its floor of 0.50.",
    href: "/apps/app_1/evaluators/evl_1",
    to: ["usr_adm"],
  });
});
