import { describe, expect, test } from "vitest";
import { learningText } from "@/lib/models/learning-text";
import { likenessOf, splitRows, type Splittable } from "./split";

const hash = (text: string) => (Number(text.replaceAll(/\D/g, "")) % 10) / 10;
const like = (letter: string) => letter.repeat(60);
const row = (id: string, more: Partial<Splittable> = {}): Splittable => ({
  id,
  subject: null,
  likeness: "",
  ...more,
});
const split = (rows: Splittable[]) => {
  const { train, test: kept } = splitRows(rows, { testShare: 0.3, hash });
  return { train: train.map(({ id }) => id), test: kept.map(({ id }) => id) };
};

describe("two sides without a leak", () => {
  test("what shares a subject or a text, directly or over others, is on one side", () => {
    const rows = [
      row("d1", { subject: "ann" }),
      row("d5", { subject: "ann", likeness: like("a") }),
      row("d8", { subject: "bob", likeness: like("a") }),
      row("d9", { subject: "bob" }),
      row("d7", { subject: "cem" }),
    ];
    expect(split(rows)).toEqual({ train: ["d7"], test: ["d1", "d5", "d8", "d9"] });
  });

  test("short texts are no kin", () => {
    expect(split([row("d1", { likeness: "thanks" }), row("d5", { likeness: "thanks" })])).toEqual({
      train: ["d5"],
      test: ["d1"],
    });
  });

  test("a group stays on its side when rows are added", () => {
    const before = [row("d1", { subject: "ann" }), row("d7", { subject: "cem" })];
    const after = [...before, row("d8", { subject: "ann" }), row("d9", { subject: "cem" })];
    expect(split(after)).toEqual({ train: ["d7", "d9"], test: ["d1", "d8"] });
  });

  test("what was learned from is never tested on, and what is kept for tests is never learned from", () => {
    const learned = [row("d1", { subject: "ann", fixed: "train" }), row("d2", { subject: "ann" })];
    expect(split(learned)).toEqual({ train: ["d1", "d2"], test: [] });
    const gold = [row("d7", { subject: "bob", fixed: "test" }), row("d8", { subject: "bob" })];
    expect(split(gold)).toEqual({ train: [], test: ["d7", "d8"] });
    const both = [
      row("d7", { subject: "bob", fixed: "test" }),
      row("d8", { subject: "bob", fixed: "train" }),
    ];
    expect(split(both)).toEqual({ train: ["d8"], test: [] });
  });
});

test("a message keeps its fields, any other input gives all its words", () => {
  expect(learningText({ from: "a@b", subject: "Hi", text: "There" })).toBe("From: a@b\nSubject: Hi\n\nThere");
  expect(learningText({ message: "Broken", items: [{ note: "cup" }, 3] })).toBe(
    "From: \nSubject: \n\nBroken\ncup",
  );
  expect(likenessOf("Win 100 $ NOW!!")).toBe("winnow");
});
