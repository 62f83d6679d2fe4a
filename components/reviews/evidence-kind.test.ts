import { expect, test } from "vitest";
import { evidenceOf } from "./evidence-kind";

test("an object with from, subject and body is a mail, and nothing of it is left out", () => {
  expect(
    evidenceOf({ from: "a@b", subject: "Hi", body: "Text", headers: { x: 1 }, date: "2002-08-22" }),
  ).toEqual({
    kind: "mail",
    mail: { from: "a@b", subject: "Hi", body: "Text", date: "2002-08-22", rest: { headers: { x: 1 } } },
  });
  expect(evidenceOf({ from: "a@b", subject: "Hi", text: "Text" })).toMatchObject({
    kind: "mail",
    mail: { body: "Text" },
  });
});

test("a list of roles and contents is a chat, alone or under messages", () => {
  const turns = [
    { role: "user", content: "Refund me" },
    { role: "assistant", content: [{ type: "text", text: "Which order?" }] },
  ];
  const said = [
    { role: "user", text: "Refund me" },
    { role: "assistant", text: "Which order?" },
  ];
  expect(evidenceOf(turns)).toEqual({ kind: "chat", turns: said, rest: {} });
  expect(evidenceOf({ messages: turns, order: 5 })).toEqual({
    kind: "chat",
    turns: said,
    rest: { order: 5 },
  });
});

test("flat objects are facts; everything else is a tree", () => {
  expect(evidenceOf({ message: "Hi", n: 1 })).toMatchObject({ kind: "facts" });
  expect(evidenceOf({ message: "Hi", nested: {} })).toMatchObject({ kind: "json" });
  expect(evidenceOf([1, 2])).toMatchObject({ kind: "json" });
  expect(evidenceOf({ from: 5, subject: "Hi", body: "x" })).toMatchObject({ kind: "facts" });
  expect(evidenceOf({})).toMatchObject({ kind: "json" });
  expect(evidenceOf(null)).toEqual({ kind: "json", value: null });
});
