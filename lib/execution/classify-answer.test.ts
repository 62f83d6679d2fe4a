import { describe, expect, test } from "vitest";
import type { JsonValue } from "@/lib/kernel/json";
import { classifyAnswer, classifyLookup } from "./classify-answer";
import type { Answer } from "./connector";

const response = (status: number, body?: JsonValue, text = JSON.stringify(body) ?? "<html>"): Answer => ({
  kind: "response",
  status,
  text,
  body,
});
const classify = (answer: Answer, first = true) =>
  classifyAnswer(answer, {
    refusal_statuses: [400, 402, 404, 409, 422],
    reference_pointer: "/id",
    isSuccess: (body) => typeof body === "object" && body !== null && "id" in body,
    first,
  });

describe("an answer to a send", () => {
  const cases: [string, Answer, string, string, string][] = [
    [
      "200 with what a success looks like",
      response(200, { id: "re_1" }),
      "succeeded",
      "succeeded",
      "succeeded",
    ],
    ["200 with another body", response(200, { ok: true }), "ambiguous", "unknown", "unknown"],
    ["200 with a body that is not JSON", response(200), "ambiguous", "unknown", "unknown"],
    ["204 where a body was due", response(204, undefined, ""), "ambiguous", "unknown", "unknown"],
    [
      "a listed refusal",
      response(402, { error: { message: "card declined" } }),
      "refused",
      "failed",
      "unknown",
    ],
    ["a 4xx that is not listed", response(418, {}), "ambiguous", "unknown", "unknown"],
    ["408", response(408, {}), "ambiguous", "unknown", "unknown"],
    ["409, though it is listed", response(409, {}), "ambiguous", "unknown", "unknown"],
    ["425", response(425, {}), "ambiguous", "unknown", "unknown"],
    ["429", response(429, {}), "ambiguous", "unknown", "unknown"],
    ["a redirect", response(302, {}), "ambiguous", "unknown", "unknown"],
    ["500", response(500, {}), "ambiguous", "unknown", "unknown"],
    ["503", response(503, {}), "ambiguous", "unknown", "unknown"],
    ["no answer", { kind: "no_answer", error: "time-out" }, "ambiguous", "unknown", "unknown"],
    ["nothing written", { kind: "not_sent", error: "ECONNREFUSED" }, "not_sent", "pending", "unknown"],
  ];
  test.each(cases)("%s", (_name, answer, outcome, onFirst, onLater) => {
    expect(classify(answer)).toMatchObject({ outcome, status: onFirst });
    expect(classify(answer, false)).toMatchObject({ outcome, status: onLater });
  });

  test("a success carries its reference and its body", () => {
    expect(classify(response(201, { id: 77, x: 1 }))).toMatchObject({
      reference: "77",
      result: { id: 77, x: 1 },
      error: null,
    });
  });

  test.each([
    [{ error: { message: "No such charge" } }, "It refused (404): No such charge"],
    [{ detail: "gone" }, "It refused (404): gone"],
    [["?"], "It refused (404)"],
  ])("a refusal is said in the target's own words: %j", (body, sentence) => {
    expect(classify(response(404, body)).error).toBe(sentence);
  });
});

describe("an answer to a look-up", () => {
  const list = { path: "", found_pointer: "/data", reference_pointer: "/data/0/id" };
  const item = { ...list, found_pointer: "/data/0" };
  const whole = { path: "", found_pointer: "", reference_pointer: "/id" };

  test.each([
    [
      "a list with it",
      response(200, { data: [{ id: "re_1" }] }),
      list,
      { outcome: "found", reference: "re_1" },
    ],
    ["an empty list", response(200, { data: [] }), list, { outcome: "absent" }],
    [
      "the first of a list",
      response(200, { data: [{ id: "re_1" }] }),
      item,
      { outcome: "found", reference: "re_1" },
    ],
    ["the first of an empty list", response(200, { data: [] }), item, { outcome: "absent" }],
    ["the thing itself", response(200, { id: "re_1" }), whole, { outcome: "found", reference: "re_1" }],
    ["404 for the thing itself", response(404, {}), whole, { outcome: "absent" }],
    ["null in its place", response(200, { data: null }), list, { outcome: "absent" }],
    ["404 for a list", response(404, {}), list, { outcome: "ambiguous" }],
    ["another document", response(200, { hello: 1 }), list, { outcome: "ambiguous" }],
    ["another document, asked for an item", response(200, { hello: 1 }), item, { outcome: "ambiguous" }],
    ["not JSON", response(200), list, { outcome: "ambiguous" }],
    ["500", response(500, { data: [] }), list, { outcome: "ambiguous" }],
    ["nothing", { kind: "no_answer", error: "x" } as Answer, list, { outcome: "ambiguous" }],
  ])("%s", (_name, answer, lookup, expected) =>
    expect(classifyLookup(answer, lookup)).toMatchObject(expected),
  );
});
