import { expect, test } from "vitest";
import { conclude } from "./conclude";

const right = { judgement: "correct", cause: null } as const;
const wrong = (cause: "input" | "policy") => ({ judgement: "incorrect", cause }) as const;

test.each([
  ["nothing yet", [], 1, { kind: "waiting" }],
  ["one of two", [right], 2, { kind: "waiting" }],
  ["one alone", [wrong("input")], 1, { kind: "agreed", judgement: "incorrect", cause: "input" }],
  ["two alike", [right, right], 2, { kind: "agreed", judgement: "correct", cause: null }],
  ["two who differ", [right, wrong("input")], 2, { kind: "disputed" }],
  [
    "the cause most of them named",
    [wrong("input"), wrong("policy"), wrong("policy")],
    3,
    { kind: "agreed", judgement: "incorrect", cause: "policy" },
  ],
  [
    "the first cause named, of as many",
    [wrong("policy"), wrong("input")],
    2,
    { kind: "agreed", judgement: "incorrect", cause: "policy" },
  ],
] as const)("%s", (_, judged, needed, conclusion) => {
  expect(conclude(judged, needed)).toEqual(conclusion);
});
