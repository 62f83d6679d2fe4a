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
  expect(weighEvidence({ status, wasSent: true, isReplaced: false }, "succeeded")).toBe(done);
  expect(weighEvidence({ status, wasSent: true, isReplaced: false }, "failed")).toBe(notDone);
});

test("a first send under way may be refused; what was never sent cannot have been done by us", () => {
  expect(weighEvidence({ status: "in_flight", wasSent: false, isReplaced: false }, "failed")).toBe("settled");
  expect(weighEvidence({ status: "dead", wasSent: false, isReplaced: false }, "succeeded")).toBe("unsent");
  expect(weighEvidence({ status: "dead", wasSent: false, isReplaced: false }, "failed")).toBe("settled");
});

test("one that was cancelled so that its decision could be made anew is no part of it any more", () => {
  const replaced = { status: "cancelled", wasSent: false, isReplaced: true } as const;
  expect(weighEvidence(replaced, "succeeded")).toBe("unsent");
  expect(weighEvidence(replaced, "failed")).toBe("confirmed");
});

const news: News[] = ["succeeded", "failed"];
const cases = executionStatuses.flatMap((status) =>
  [true, false].flatMap((wasSent) => news.map((said) => [status, wasSent, said] as const)),
);

test("every move that news makes is a transition of the machine", () => {
  const moves = cases.flatMap(([status, wasSent, said]): [ExecutionStatus, ExecutionStatus][] => {
    const weighed = weighEvidence({ status, wasSent, isReplaced: false }, said);
    if (weighed === "settled") return [[status, said]];
    return weighed === "disputed" ? [[status, "disputed"]] : [];
  });
  expect(moves.length).toBeGreaterThan(8);
  expect(moves.filter(([from, to]) => !executionTransitions[from].includes(to))).toEqual([]);
});
