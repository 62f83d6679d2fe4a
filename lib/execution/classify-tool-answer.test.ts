import { expect, test } from "vitest";
import type { JsonValue } from "@/lib/kernel/json";
import { classifyToolAnswer, toolResult } from "./classify-tool-answer";

const reading = {
  isSuccess: () => true,
  first: true,
  error_means_nothing_happened: false,
  reference_pointer: "/id",
  reports_back: false,
};
const answered = (body: JsonValue, status = 200) =>
  ({ kind: "response", status, text: JSON.stringify(body), body }) as const;
const result = (more: object) => ({ jsonrpc: "2.0", id: "k", result: { content: [], ...more } });
const failed = (code: number) => ({ jsonrpc: "2.0", id: "k", error: { code, message: "No" } });

test("a result is a success, its reference read from the structured content or the JSON of its only text", () => {
  const structured = result({ structuredContent: { id: "re_1" } });
  const text = result({ content: [{ type: "text", text: '{"id":"re_2"}' }] });
  const prose = result({ content: [{ type: "text", text: "Refunded" }] });
  const references = [structured, text, prose].map((body) => classifyToolAnswer(answered(body), reading));
  expect(references).toMatchObject([
    { status: "succeeded", reference: "re_1" },
    { status: "succeeded", reference: "re_2" },
    { status: "succeeded", reference: null, result: { content: [{ text: "Refunded" }] } },
  ]);
});

test("that a tool failed says nothing certain, unless the action declares that it does, and then only at first", () => {
  const error = answered(result({ isError: true, content: [{ type: "text", text: "no funds" }] }));
  expect(classifyToolAnswer(error, reading)).toMatchObject({ outcome: "ambiguous", status: "unknown" });
  const declared = { ...reading, error_means_nothing_happened: true };
  expect(classifyToolAnswer(error, declared)).toMatchObject({ outcome: "refused", status: "failed" });
  expect(classifyToolAnswer(error, { ...declared, first: false })).toMatchObject({
    outcome: "refused",
    status: "unknown",
  });
});

test.each([
  [failed(-32_602), "refused", "failed"],
  [failed(-32_601), "refused", "failed"],
  [failed(-32_603), "ambiguous", "unknown"],
  [failed(-32_000), "ambiguous", "unknown"],
  ["<html>", "ambiguous", "unknown"],
  [{ jsonrpc: "2.0", id: "k" }, "ambiguous", "unknown"],
])("the reply %j is %s", (body, outcome, status) => {
  expect(classifyToolAnswer(answered(body), reading)).toMatchObject({ outcome, status });
});

test.each([
  [404, "refused"],
  [401, "refused"],
  [409, "ambiguous"],
  [500, "ambiguous"],
  [202, "ambiguous"],
])("an HTTP answer of %i is %s", (status, outcome) => {
  expect(classifyToolAnswer(answered({}, status), reading)).toMatchObject({ outcome });
});

test("a result that is not what a success looks like, and an accepted one, are not yet successes", () => {
  const body = answered(result({ structuredContent: { id: "re_1" } }));
  expect(classifyToolAnswer(body, { ...reading, isSuccess: () => false })).toMatchObject({
    status: "unknown",
  });
  expect(classifyToolAnswer(body, { ...reading, reports_back: true })).toMatchObject({
    outcome: "accepted",
    status: "unknown",
    reference: "re_1",
  });
});

test("text that is no JSON object stays what it is", () => {
  expect(toolResult(result({ content: [{ type: "text", text: "[1]" }] }))).toMatchObject({
    kind: "result",
    value: { content: [{ text: "[1]" }] },
  });
});
