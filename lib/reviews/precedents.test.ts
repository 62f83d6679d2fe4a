import { expect, test } from "vitest";
import {
  differingFields,
  goesAgainst,
  likenessOf,
  sharedWords,
  sideOf,
  standingOf,
  tellingWords,
  wordsOf,
} from "./precedents";

test("the words of a case are its texts and numbers, each once, whatever markup or sign stands between", () => {
  expect(
    wordsOf({ message: "Charged TWICE, charged <b>twice</b>!" }, { invoice: "INV-0012", amount: 1800 }),
  ).toBe("charged twice inv 0012 1800");
  expect(wordsOf(null, {}, [true, false])).toBe("");
});

test("words of any script are kept, and no case has more than 2,000 characters of them", () => {
  expect(wordsOf("Geld zurück 返金 возврат")).toBe("geld zurück 返金 возврат");
  const long = wordsOf(Array.from({ length: 5000 }, (_, at) => `word${at}`).join(" "));
  expect(long.length).toBeLessThanOrEqual(2000);
  expect(long.startsWith("word0 word1 ")).toBe(true);
});

test("common words tell nothing: the rarest known ones are chosen, and those too rare to be known", () => {
  const shares = new Map([
    ["refund", 0.9],
    ["charged", 0.4],
    ["duplicate", 0.001],
    ["chargeback", 0.0005],
  ]);
  const chosen = tellingWords(["refund", "charged", "duplicate", "chargeback", "4711", "umbrella"], {
    shares,
    remembered: 1_000_000,
  });
  expect(chosen).toEqual(["chargeback", "duplicate", "umbrella", "4711"]);
});

test("the chosen words hit about 3,000 remembered cases at most, however many words there are", () => {
  const shares = new Map(Array.from({ length: 500 }, (_, at) => [`w${at}`, 0.001 + at / 10_000]));
  const chosen = tellingWords([...shares.keys()], { shares, remembered: 1_000_000 });
  const hits = chosen.reduce((sum, each) => sum + (shares.get(each) ?? 0) * 1_000_000, 0);
  expect(chosen.length).toBeGreaterThan(0);
  expect(hits).toBeLessThanOrEqual(3000);
});

test("with nothing known of words, the longest are asked for", () => {
  const chosen = tellingWords(["a1", "umbrella", "99"], { shares: new Map(), remembered: 0 });
  expect(chosen[0]).toBe("umbrella");
  expect(chosen).toHaveLength(3);
});

const ruled = (...verdicts: ("approve" | "edit" | "decline" | "respond" | null)[]) =>
  verdicts.map((verdict) => ({ verdict }));

test("alike cases ruled both ways are said, with how many each", () => {
  expect(standingOf(ruled("approve", "decline", "edit", "decline"))).toEqual({
    kind: "both_ways",
    acted: 2,
    left: 2,
  });
  expect(standingOf(ruled("approve", "edit"))).toBeNull();
  expect(standingOf([])).toBeNull();
});

test("three of the three nearest ruled one way stand against the other verdict, two do not", () => {
  const declined = ruled("decline", "decline", "decline", "approve");
  expect(standingOf(declined)).toEqual({ kind: "one_way", side: "left", count: 3 });
  expect(goesAgainst(declined, "approve")).toBe(true);
  expect(goesAgainst(declined, "edit")).toBe(true);
  expect(goesAgainst(declined, "decline")).toBe(false);
  expect(goesAgainst(declined, "respond")).toBe(false);
  expect(goesAgainst(ruled("decline", "decline"), "approve")).toBe(false);
  expect(goesAgainst(ruled("decline", "approve", "decline"), "approve")).toBe(false);
});

test("what is hidden and what was answered in place of the action take no side", () => {
  expect(sideOf(null)).toBeNull();
  expect(sideOf("respond")).toBeNull();
  expect(standingOf(ruled(null, null, null))).toBeNull();
  expect(goesAgainst(ruled("respond", "approve", "approve", "edit"), "decline")).toBe(true);
});

test("only fields that differ are told, and long values are cut", () => {
  expect(differingFields({ a: 1, b: "x", c: [1] }, { a: 2, b: "x", d: "y".repeat(300) })).toEqual([
    { field: "a", here: 1, there: 2 },
    { field: "c", here: [1], there: null },
    { field: "d", here: null, there: `${"y".repeat(199)}…` },
  ]);
});

test("a rare word shared says more than a common one, and the same words are wholly alike", () => {
  const known = {
    shares: new Map([
      ["refund", 0.9],
      ["umbrella", 0.001],
    ]),
    remembered: 1000,
  };
  const mine = new Set(["refund", "umbrella"]);
  expect(sharedWords(mine, "refund umbrella", known)).toBe(1);
  expect(sharedWords(mine, "umbrella", known)).toBeGreaterThan(sharedWords(mine, "refund", known));
  expect(sharedWords(mine, "seminar", known)).toBe(0);
  expect(sharedWords(new Set(["a1", "b2"]), "a1 c3", { shares: new Map(), remembered: 0 })).toBeCloseTo(
    1 / 3,
    10,
  );
});

test("the same subject and a near amount bring a case nearer", () => {
  const far = likenessOf({ words: 0.2, sameSubject: false, amounts: [1800, 180_000] });
  expect(far).toBe(0.2);
  expect(likenessOf({ words: 0.2, sameSubject: false, amounts: [1800, 1900] })).toBeGreaterThan(far);
  expect(likenessOf({ words: 0.2, sameSubject: true, amounts: [1800, null] })).toBeCloseTo(0.5, 10);
});
