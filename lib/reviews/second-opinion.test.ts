import { expect, test } from "vitest";
import { doubtsOf, type Checked } from "./second-opinion";

const past = (verdict: "approve" | "decline" | null, truth?: "positive" | "negative") => ({
  verdict,
  outcome: truth ? { truth } : null,
});
const checked = (over: Partial<Checked> = {}): Checked => ({
  predicted: "positive",
  confidence: 0.98,
  calibrated: null,
  nearest: [],
  broken: { noItem: 0, noWords: 0 },
  ...over,
});
const codes = (over: Partial<Checked>) => doubtsOf(checked(over)).map(({ code }) => code);

test("where nothing speaks against anything, nothing is said", () => {
  expect(doubtsOf(checked())).toEqual([]);
  expect(codes({ nearest: [past("approve"), past("approve"), past("approve")] })).toEqual([]);
  expect(
    codes({ predicted: "negative", nearest: [past("decline"), past("decline"), past("decline")] }),
  ).toEqual([]);
});

test("a sure model against three declined cases is a doubt, said in one sentence", () => {
  const declined = [past("decline"), past("decline"), past("decline")];
  expect(doubtsOf(checked({ nearest: declined }))).toEqual([
    {
      code: "against_model",
      sentence: "The 3 nearest cases were all declined; the model recommends to act, and is sure of it.",
    },
  ]);
  const approved = [past("approve"), past("approve"), past("approve")];
  expect(codes({ predicted: "negative", confidence: null, nearest: approved })).toEqual(["against_model"]);
});

test("rulings both ways, and rulings that turned out wrong, are doubts whatever the model says", () => {
  expect(codes({ nearest: [past("approve"), past("decline")] })).toEqual(["both_ways"]);
  expect(codes({ nearest: [past("approve", "negative")] })).toEqual(["turned_out"]);
  expect(codes({ nearest: [past("approve", "positive"), past("decline", "negative")] })).toEqual([
    "both_ways",
  ]);
});

test("a claim above what such claims were worth is a doubt only beyond the interval", () => {
  const worth = { kind: "calibrated", value: 0.7, lower: 0.6, n: 500, n_alike: 60, method: "" } as const;
  expect(codes({ calibrated: { ...worth, upper: 0.8 } })).toEqual(["overconfident"]);
  expect(codes({ calibrated: { ...worth, upper: 0.95 } })).toEqual([]);
  expect(codes({ calibrated: { kind: "uncalibrated", n: 10, needed: 200 } })).toEqual([]);
});

test("a citation that does not hold is a doubt", () => {
  expect(codes({ broken: { noItem: 1, noWords: 0 } })).toEqual(["citation"]);
  expect(doubtsOf(checked({ broken: { noItem: 1, noWords: 1 } }))[0]?.sentence).toContain("quotes words");
});

test("while the model's side and the verdicts are hidden, nothing gives them away", () => {
  const blind = checked({ predicted: null, confidence: null, nearest: [past(null), past(null), past(null)] });
  expect(doubtsOf(blind)).toEqual([]);
});
