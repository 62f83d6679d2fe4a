import { describe, expect, test } from "vitest";
import { detectToxicity } from "./detect-toxicity";

const kinds = (text: string) =>
  new Set(
    detectToxicity(text)
      .filter(({ score }) => score >= 0.6)
      .map(({ category }) => category),
  );

describe("what is meant to hurt is found, in disguise too", () => {
  test.each([
    ["you are an idiot", "insult"],
    ["f.u.c.k this", "profanity"],
    ["fuuuuck", "profanity"],
    ["sh1t", "profanity"],
    ["fцck", "profanity"],
    ["I will kill you", "threat"],
    ["I know where you live", "threat"],
    ["Du bist ein Vollidiot", "insult"],
  ])("%s", (text, category) => {
    expect(kinds(text)).toContain(category);
  });
});

test("towns, classes and anger are no swearing", () => {
  for (const text of [
    "Scunthorpe",
    "a classic assessment",
    "I am furious",
    "kill the process",
    "Sex: female",
  ]) {
    expect(kinds(text), text).toEqual(new Set());
  }
});
