import { expect, test } from "vitest";
import { patchOf, textsOf, timeSentence } from "./queue-draft";
import { intakeWords, minutesText } from "./queue-words";
import type { QueueView } from "@/lib/reviews/queues";

const queue: QueueView = {
  id: "que_1",
  object: "queue",
  key: "large",
  name: "Large refunds",
  description: "",
  rule: "decision.amount > 50000.0",
  position: 3,
  order: "expected_loss",
  lease_seconds: 900,
  undo_seconds: 5,
  sla_minutes: { high: 15 },
  on_timeout: "escalate",
  escalate_to: { id: "que_2", key: "leads", name: "Leads" },
  verdicts: ["approve", "decline"],
  decline_reasons: ["Not entitled", "Amount wrong"],
  load_cap: 3,
  auto_assign: true,
  skills: ["refunds", "german"],
  blind_rate: 0.025,
  gold_rate: 0,
  double_rate: 0.1,
  dwell_seconds: 20,
  dwell_amount: 100_000,
  hours_per_day: 6,
  types: [],
  members: 2,
  open: 0,
  overdue: 0,
  yours: true,
  leads: false,
  version: 4,
  created_at: "2026-11-22T10:00:00.000Z",
  archived_at: null,
};

test("what is shown and not touched is sent back as it was", () => {
  const { escalate_to, ...patch } = patchOf(textsOf(queue));
  expect(escalate_to).toBe("que_2");
  expect(queue).toMatchObject(JSON.parse(JSON.stringify(patch)));
});

test("what is left empty is the autonomy's or the type's to say", () => {
  const texts = {
    ...textsOf(queue),
    rule: " ",
    declineReasons: "\n",
    loadCap: "",
    skills: " , ",
    escalateTo: "",
  };
  expect(patchOf({ ...texts, onTimeout: "", sla: { low: "", medium: "", high: "" } })).toMatchObject({
    rule: null,
    decline_reasons: null,
    load_cap: null,
    skills: [],
    escalate_to: null,
    on_timeout: null,
    sla_minutes: {},
  });
  expect(patchOf({ ...texts, verdicts: ["respond", "decline", "edit", "approve"] }).verdicts).toBeNull();
});

test("the times are said in a sentence that never ends in approval", () => {
  const said = timeSentence(textsOf(queue), () => "Leads");
  expect(said).toContain("high in 15 min, the rest as the autonomy says");
  expect(said).toContain("goes to Leads");
  for (const onTimeout of ["", "decline", "escalate", "hold"] as const)
    expect(timeSentence({ ...textsOf(queue), onTimeout }, String)).toContain("Time never approves");
});

test.each([
  [45, "45 min"],
  [240, "4 h"],
  [90, "90 min"],
  [4320, "3 d"],
])("%i minutes read %s", (minutes, text) => expect(minutesText(minutes)).toBe(text));

test("what comes into a queue is said in a few words", () => {
  const types = [{ id: "t", key: "refund", name: "Refunds" }];
  expect(intakeWords({ rule: null, types })).toBe("Refunds");
  expect(intakeWords({ rule: "true", types })).toBe("By rule, and Refunds");
  expect(intakeWords({ rule: null, types: [] })).toBe("What is passed on");
});
