import { describe, expect, test } from "vitest";
import { continueClassifier, loadClassifier, trainClassifier } from "./local-classifier";
import { mailPrompt } from "./mail-prompt";
import { mailTokens } from "./mail-tokens";
import { rationaleOf } from "./rationale";
import type { MailLabel } from "./schema";

const prompt = (subject: string, text: string) => mailPrompt({ from: "a@example.org", subject, text });
const examples: { prompt: string; label: MailLabel }[] = [
  { prompt: prompt("Cheap viagra", "Buy viagra now, click to unsubscribe $$$"), label: "spam" },
  { prompt: prompt("Mortgage", "Lowest mortgage rates, click here"), label: "spam" },
  {
    prompt: prompt("Re: kernel patch", "The patch applies, Linus wrote, and the constructor compiles"),
    label: "ham",
  },
  { prompt: prompt("Re: lunch", "Lunch tomorrow with the linux group, he wrote"), label: "ham" },
];
const classifier = trainClassifier(examples);

describe("the local classifier", () => {
  test("names the likelier label, and only ever claims more than half for it", () => {
    expect(classifier.classify(prompt("viagra", "click"))).toMatchObject({ label: "spam" });
    expect(classifier.classify(prompt("patch", "he wrote"))).toMatchObject({ label: "ham" });
    expect(classifier.classify(prompt("viagra", "click")).confidence).toBeGreaterThan(0.5);
  });

  test("states naive Bayes' own probability, worked by hand", () => {
    const two = trainClassifier([
      { prompt: "From: \nSubject: \n\naa bb cc dd ee ff", label: "spam" },
      { prompt: "From: \nSubject: \n\naa gg hh ii jj kk ll", label: "ham" },
    ]);
    // 12 words; spam holds 6, ham 7: P(bb|spam) = 2/18, P(bb|ham) = 1/19, equal priors.
    const expected = 2 / 18 / (2 / 18 + 1 / 19);
    expect(two.classify("From: \nSubject: \n\nbb")).toMatchObject({ label: "spam" });
    expect(two.classify("From: \nSubject: \n\nbb").confidence).toBeCloseTo(expected, 12);
  });

  test("tells which words moved it and which way", () => {
    const { telling } = classifier.classify(prompt("viagra", "click, she wrote"));
    const direction = Object.fromEntries(telling.map(({ token, log2Odds }) => [token, Math.sign(log2Odds)]));
    expect(direction).toMatchObject({ "subject:viagra": 1, "body:click": 1, "body:wrote": -1 });
  });

  test("stored and loaded again it answers the same to the last bit, whatever the words", () => {
    const loaded = loadClassifier(classifier.toJson());
    for (const text of [
      "viagra click",
      "the constructor wrote",
      "constructor hasOwnProperty toString",
      "",
      "zzz",
    ]) {
      expect(loaded.classify(prompt("x", text))).toEqual(classifier.classify(prompt("x", text)));
    }
  });

  test("trained twice on the same it is the same", () => {
    expect(trainClassifier(examples).toJson()).toBe(classifier.toJson());
  });

  test("learning more later is learning all at once, and a weight is so many copies", () => {
    const more = [
      { prompt: prompt("Pills", "cheap pills"), label: "spam" as const, times: 2 },
      { prompt: prompt("Minutes", "minutes of the meeting"), label: "ham" as const },
    ];
    const later = continueClassifier(classifier.toJson(), more);
    const atOnce = trainClassifier(
      [...examples, ...more, ...more.slice(0, 1)].map(({ prompt: text, label }) => ({ prompt: text, label })),
    );
    for (const text of ["cheap pills", "the meeting", "viagra wrote"])
      expect(later.classify(prompt("x", text))).toEqual(atOnce.classify(prompt("x", text)));
    expect(classifier.classify("From: \nSubject: \n\npills").telling).toEqual([]);
  });

  test("knowing none of the words it is even, and says so", () => {
    const { confidence, telling } = classifier.classify("From: \nSubject: \n\nqwertz asdf");
    expect(confidence).toBe(0.5);
    expect(rationaleOf(telling)).toBe("no word of it was seen in training");
  });

  test("refuses to learn from one label only, and to load what is not a model", () => {
    expect(() => trainClassifier(examples.filter(({ label }) => label === "spam"))).toThrow();
    expect(() => loadClassifier("{}")).toThrow();
  });
});

test("words are told apart by field, once each, from the opening only", () => {
  const tokens = mailTokens(prompt("Free FREE $$$", `Free for $5!! ${"x ".repeat(400)}unseen`));
  expect(tokens).toEqual(
    expect.arrayContaining(["from:example", "subject:free", "subject:$$$", "body:free", "body:$", "body:!!"]),
  );
  expect(new Set(tokens).size).toBe(tokens.length);
  expect(tokens).not.toContain("body:unseen");
});

test("a subject cannot pose as a body", () => {
  expect(mailPrompt({ from: "a\n\nb", subject: "one\n\ntwo", text: "three" })).toBe(
    "From: a b\nSubject: one two\n\nthree",
  );
});

test("a rationale names the words with their direction", () => {
  const telling = [
    { token: "body:viagra", log2Odds: 6 },
    { token: "subject:wrote", log2Odds: -3 },
    { token: "body:$$", log2Odds: 2 },
  ];
  expect(rationaleOf(telling)).toBe("viagra, $$ → spam; wrote (subject) → ham");
});
