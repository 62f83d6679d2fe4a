import { expect, test } from "vitest";
import { askingAt, namedIn, offered, withName } from "./mentions";

const people = [
  { id: "usr_1", name: "Ada Okafor", role: "auditor" },
  { id: "usr_2", name: "Robin Reyes", role: "reviewer" },
  { id: "usr_3", name: "Alex Robinson", role: "admin" },
] as const;

test("an @ at the beginning of a word asks for a name, one inside a word is an address", () => {
  expect(askingAt("Ask @Ro", 7)).toEqual({ start: 4, text: "Ro" });
  expect(askingAt("@", 1)).toEqual({ start: 0, text: "" });
  expect(askingAt("Ask @Robin Re", 13)).toEqual({ start: 4, text: "Robin Re" });
  expect(askingAt("mail ada@example.test", 21)).toBeUndefined();
  expect(askingAt("Ask @Robin Reyes about", 22)).toBeUndefined();
  expect(askingAt("Ask nobody", 10)).toBeUndefined();
});

test("whoever's name begins so comes first, then a later part of it", () => {
  const names = (text: string) => offered(people, { start: 0, text }).map(({ name }) => name);
  expect(names("ro")).toEqual(["Robin Reyes", "Alex Robinson"]);
  expect(names("kaf")).toEqual(["Ada Okafor"]);
  expect(names("")).toHaveLength(3);
  expect(names("zz")).toEqual([]);
});

test("a picked name takes the place of what was typed", () => {
  const asking = askingAt("Ask @ro about it", 7);
  if (!asking) throw new Error("a name is asked for");
  expect(withName("Ask @ro about it", asking, "Robin Reyes")).toEqual({
    text: "Ask @Robin Reyes about it",
    caret: 17,
  });
});

test("only who is still named is told, once", () => {
  const picked = [people[1], people[1], people[0]];
  expect(namedIn("@Robin Reyes and @Robin Reyes, please", picked)).toEqual(["usr_2"]);
  expect(namedIn("nobody any more", picked)).toEqual([]);
});
