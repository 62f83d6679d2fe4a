import { expect, test } from "vitest";
import { passwordProblem } from "./passwords";

const about = ["ada.lovelace@analytical.example", "Ada Lovelace", "Analytical Engines"];

test.each([
  "violet harbour sextant",
  "Tr0ub4dor&3 and a horse",
  "ein langes deutsches Passwort",
  "日本語のとても長いパスワードです",
])("a long password of several words is good enough: %s", (password) => {
  expect(passwordProblem(password, about)).toBeUndefined();
});

test.each([
  ["fourteen chars", "14 characters"],
  ["aaaaaaaaaaaaaaaaaaaa", "too few characters"],
  ["123456789012345", "neighbouring characters"],
  ["abcdefghijklmnop", "neighbouring characters"],
  ["PasswordPassword1!", "first that are tried"],
  ["correct horse battery staple", "first that are tried"],
  ["918273645546372819", "first that are tried"],
  ["ada lovelace analytical 1", "mostly your name"],
  ["countersign-countersign-1", "mostly your name"],
  ["x".repeat(250) + "abcdefghij", "at most 256"],
])("%s is refused and says why", (password, words) => {
  expect(passwordProblem(password, about)).toContain(words.replace("14 characters", "this has 14"));
});

test("length counts characters as people see them, not their bytes", () => {
  expect(passwordProblem("🦊🐼🐸🦉🐙🐢🦋🐝🦄🐳🐧🦁🐯🐨")).toContain("this has 14");
});
