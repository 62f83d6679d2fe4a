import { describe, expect, test } from "vitest";
import { autonomySentences, percent, type AutonomyDraft } from "./words";

const draft: AutonomyDraft = {
  level: "auto",
  threshold: 0.95,
  declineThreshold: null,
  auditRate: 0.1,
  cap: null,
  slaMinutes: 240,
  onTimeout: "escalate",
};

describe("what settings mean, in sentences", () => {
  test("auto says what runs alone, what is audited, and what time does", () => {
    expect(autonomySentences(draft)).toEqual([
      "Proposals with confidence 0.95 or more run alone; 10 % of them are audited.",
      "Proposals to leave things as they are always go to a person.",
      "If nobody rules within 4 hours, it is escalated and stays open; time never approves.",
    ]);
  });

  test.each<[Partial<AutonomyDraft>, string]>([
    [{ cap: "€150.00" }, "Above €150.00 a person always decides."],
    [{ declineThreshold: 0.9 }, "stand alone from confidence 0.9."],
    [{ auditRate: 0 }, "none of them is audited"],
    [{ auditRate: 1 }, "every one of them is audited"],
    [{ threshold: null }, "Say from which confidence"],
    [{ slaMinutes: 1 }, "within 1 minute,"],
    [{ slaMinutes: 2880, onTimeout: "decline" }, "within 2 days, it is declined"],
  ])("%j says “%s”", (over, words) => {
    expect(autonomySentences({ ...draft, ...over }).join(" ")).toContain(words);
  });

  test("shadow promises that nothing is done, review_all that a person decides", () => {
    expect(autonomySentences({ ...draft, level: "shadow" })).toHaveLength(1);
    expect(autonomySentences({ ...draft, level: "review_all" })[0]).toBe("A person decides every proposal.");
  });
});

test.each([
  [0.1, "10 %"],
  [0.29, "29 %"],
  [0.005, "0.5 %"],
])("%d reads %s", (share, words) => {
  expect(percent(share)).toBe(words);
});
