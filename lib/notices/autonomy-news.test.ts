import { expect, test } from "vitest";
import { trained } from "./autonomy-news";
import type { HeardEvent } from "./heard";
import { newsOf } from "./news";

const people = [
  { id: "usr_rev", role: "reviewer" },
  { id: "usr_aud", role: "auditor" },
  { id: "usr_adm", role: "admin" },
] as const;

const changed = (step: string, by = "user:usr_other"): HeardEvent => ({
  id: 7,
  type: "training.changed",
  atMs: Date.parse("2026-11-22T17:23:00Z"),
  subject: "trn_1",
  decisionId: null,
  data: { step, by, type: "message.quarantine" },
  review: null,
  app: { id: "app_1", name: "Mail guard" },
  typeName: "Quarantine a message",
  money: null,
  stopped: null,
});

test.each([
  ["proposed", "Second signature wanted, for a new model: Mail guard: Quarantine a message"],
  ["signed", "A new model is in force: Mail guard: Quarantine a message"],
])("of a model that is %s the other admins hear, and where they read and sign", (step, title) => {
  expect(newsOf(changed(step), people, new Map())).toMatchObject({
    kind: "autonomy",
    title,
    href: "/apps/app_1/learning?type=message.quarantine",
    to: ["usr_adm"],
  });
  expect(newsOf(changed(step, "user:usr_adm"), people, new Map())).toBeUndefined();
});

test("the other steps of a training are nobody's news", () => {
  expect(
    ["started", "evaluated", "shadowed", "declined", "restored"].flatMap(
      (step) => trained(changed(step)) ?? [],
    ),
  ).toEqual([]);
});
