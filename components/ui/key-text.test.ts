import { expect, test } from "vitest";
import { ariaKeys, keyText } from "./key-text";

test.each([
  ["a", "A", "A"],
  ["$mod+Enter", "⌘↵", "Meta+Enter Control+Enter"],
  ["Shift+j", "⇧J", "Shift+J"],
  ["[Shift]+[Alt]+?", "?", "?"],
  ["Space", "Space", "Space"],
  ["g i", "G I", undefined],
])("%s is printed %s and spelled %s", (keys, text, spelled) => {
  expect(keyText(keys)).toBe(text);
  expect(ariaKeys(keys)).toBe(spelled);
});
