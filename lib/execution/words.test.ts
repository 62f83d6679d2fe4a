import { expect, test } from "vitest";
import { executionStatuses } from "./schema";
import { errorSentence, stateSentence } from "./words";

const told = { needs_person: false, attempts: 1, error: null };

test("every state is one sentence of its own, and only an unanswered send is said to be open", () => {
  const sentences = executionStatuses.map((status) => stateSentence({ ...told, status }, "Billing"));
  expect(new Set(sentences).size).toBe(executionStatuses.length);
  const open = executionStatuses.filter((_, at) => sentences[at]?.includes("may or may not have happened"));
  expect(open).toEqual(["unknown", "dead"]);
});

test("what was never sent is not said to be open", () => {
  expect(stateSentence({ ...told, status: "dead", attempts: 0 }, "Billing")).toContain("was not sent");
  expect(stateSentence({ ...told, status: "pending", error: "ECONNREFUSED" }, "Billing")).toContain(
    "nothing was sent",
  );
});

test("our own errors read as sentences, the target's as they are", () => {
  expect(errorSentence("digest_mismatch")).toContain("not what was signed");
  expect(errorSentence("cannot_be_sent: no /id")).toBe("No request can be made of it: no /id");
  expect(errorSentence("It refused (402): No")).toBe("It refused (402): No");
});
