import { describe, expect, test } from "vitest";
import { chordOf, collide, refusalOf } from "./chords";
import { keyIds, keyMap, keysOf, rowOf } from "./key-map";
import { keymapErrors, onlyChanges, takenBy } from "./keymap-check";

const press = (
  key: string,
  held: Partial<Record<"shiftKey" | "ctrlKey" | "metaKey" | "altKey", true>> = {},
) => chordOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

test.each(keyIds)("no other action answers to the keys of %s where it acts", (id) => {
  for (const keys of keysOf({}, id)) expect(takenBy({}, id, keys)).toEqual([]);
});

test("no default is a chord the browser keeps for itself", () => {
  const own = keyIds.filter((id) => !rowOf(id).fixed).map((id) => keyMap[id].keys);
  expect(own.filter((keys) => refusalOf(keys) !== undefined)).toEqual([]);
});

test("the ways that stay are no letters, digits or signs: they need no switch", () => {
  const stay = keyIds.flatMap((id) => rowOf(id).also ?? []);
  expect(stay.filter((keys) => !/^(Shift\+)?(Arrow\w+|Enter)$/.test(keys))).toEqual([]);
});

test.each([
  ["a", "a", true],
  ["Shift+J", "Shift+j", true],
  ["a", "Shift+a", false],
  ["g", "g i", true],
  ["g i", "g o", false],
  ["[Shift]+?", "?", true],
  ["Control+k", "$mod+k", true],
])("%s and %s meet: %s", (one, other, met) => expect(collide(one, other)).toBe(met));

describe("what may not be chosen", () => {
  test.each(["$mod+w", "$mod+r", "$mod+Shift+t", "$mod+1", "Tab", "F5", "Escape", "Alt+a", "Enter", ""])(
    "%s",
    (keys) => expect(refusalOf(keys)).toBeDefined(),
  );
  test.each(["q", "Shift+q", "$mod+k", "$mod+Enter", "g w", "[Shift]+[Alt]+!"])("but %s may", (keys) =>
    expect(refusalOf(keys)).toBeUndefined(),
  );
});

test("a press is written as the map writes it", () => {
  expect(press("A", { shiftKey: true })).toBe("Shift+a");
  expect(press(" ")).toBe("Space");
  expect(press("k", { metaKey: true })).toBe("$mod+k");
  expect(press("?", { shiftKey: true })).toBe("[Shift]+[Alt]+?");
  expect(press("Shift", { shiftKey: true })).toBeNull();
});

describe("a person's own keys", () => {
  test("are taken when nothing else has them", () => expect(keymapErrors({ approve: "y" })).toEqual([]));
  test("may be none", () => expect(keymapErrors({ approve: "", "*": "off" })).toEqual([]));
  test("may swap two actions", () => expect(keymapErrors({ approve: "d", decline: "a" })).toEqual([]));
  test.each([
    [{ approve: "d" }, "key_taken", "/keymap/approve"],
    [{ approve: "g" }, "key_taken", "/keymap/approve"],
    [{ theme: "j" }, "key_taken", "/keymap/theme"],
    [{ approve: "$mod+w" }, "reserved_key", "/keymap/approve"],
    [{ back: "q" }, "fixed_key", "/keymap/back"],
    [{ "a/b": "q" }, "unknown_key", "/keymap/a~1b"],
    [{ "*": "on" }, "unknown_value", "/keymap/*"],
  ])("%j is refused as %s at %s", (keymap, code, pointer) =>
    expect(keymapErrors(keymap)).toMatchObject([{ code, pointer }]),
  );
  test("keep their fixed second way, unless the action has no key at all", () => {
    expect(keysOf({ next: "h" }, "next")).toEqual(["h", "ArrowDown"]);
    expect(keysOf({ next: "" }, "next")).toEqual([]);
  });
  test("the same key may mean two things where both are never asked", () =>
    expect(keymapErrors({ peek: "w", scroll: "w" })).toEqual([]));
  test("what the map says anyway is not kept", () =>
    expect(onlyChanges({ approve: "a", decline: "q" })).toEqual({ decline: "q" }));
});
