import { expect, test } from "vitest";
import { executionStatuses, executionTransitions, type ExecutionStatus } from "./schema";
import { weighEvidence, type News, type Weighed } from "./weigh-evidence";

const sent: [ExecutionStatus, Weighed, Weighed][] = [
  ["pending", "unsent", "noted"],
  ["in_flight", "settled", "too_early"],
  ["unknown", "settled", "settled"],
  ["dead", "settled", "settled"],
  ["succeeded", "confirmed", "disputed"],
  ["failed", "disputed", "confirmed"],
  ["cancelled", "disputed", "confirmed"],
  ["disputed", "noted", "noted"],
];

test.each(sent)("news of what is %s: done is %s, not done is %s", (status, done, notDone) => {
  expect(weighEvidence({ status, wasSent: true }, "succeeded")).toBe(done);
  expect(weighEvidence({ status, wasSent: true }, "failed")).toBe(notDone);
});

test("a first send under way may be refused; what was never sent cannot have been done by us", () => {
  expect(weighEvidence({ status: "in_flight", wasSent: false }, "failed")).toBe("settled");
  expect(weighEvidence({ status: "dead", wasSent: false }, "succeeded")).toBe("unsent");
  expect(weighEvidence({ status: "dead", wasSent: false }, "failed")).toBe("settled");
});

test("every move that news makes is a transition of the machine", () => {
  for (const status of executionStatuses) {
    for (const wasSent of [true, false]) {
      for (const news of ["succeeded", "failed"] satisfies News[]) {
        const weighed = weighEvidence({ status, wasSent }, news);
        const to = weighed === "settled" ? news : weighed === "disputed" ? "disputed" : null;
        if (to) expect(executionTransitions[status]).toContain(to);
      }
    }
  }
});
