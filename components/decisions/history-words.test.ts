import { describe, expect, test } from "vitest";
import { historySentence } from "./history-words";

describe("a line of history", () => {
  test("says where a submission was routed", () => {
    expect(historySentence("decision.created", { route: "review" })).toBe(
      "Submitted, and routed to a person",
    );
  });

  test("names the one detail that matters, in words", () => {
    expect(historySentence("review.resolved", { by: "user:u1", verdict: "approve" })).toBe(
      "Verdict took effect: approve",
    );
    expect(historySentence("decision.executed", { status: "in_flight" })).toBe("Carried out: in flight");
  });

  test("does not say the same word twice", () => {
    expect(historySentence("decision.approved", { status: "approved" })).toBe("Approved");
  });

  test("shows an event it does not know by its type", () => {
    expect(historySentence("something.new", {})).toBe("something.new");
    expect(historySentence("constructor", {})).toBe("constructor");
  });
});
