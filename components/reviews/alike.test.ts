import { expect, test } from "vitest";
import { mostInBulk } from "@/lib/reviews/limits";
import { alikeRows } from "./alike";

type Row = Parameters<typeof alikeRows>[0][number];

const aRow = (id: string, more: Partial<Row> = {}): Row => ({
  id,
  type: { id: "typ_refund", key: "refund", name: "Refund" },
  predicted: "positive",
  reasons: [
    { kind: "threshold", code: "below_threshold", message: "0.6 is below 0.9" },
    { kind: "cap", code: "over_cap", message: "" },
  ],
  deliberate: false,
  held_by: null,
  gone: false,
  ...more,
});

test("the same question in another row, whatever its words and whichever reason stands first", () => {
  const [chosen, other] = [aRow("a"), aRow("b")];
  const turned = aRow("c", {
    reasons: [...other.reasons].toReversed().map((one) => ({ ...one, message: "…" })),
  });
  expect(alikeRows([chosen, other, turned], [chosen], "ana")).toEqual(["a", "b", "c"]);
});

test.each<[string, Partial<Row>]>([
  ["of another type", { type: { id: "typ_other", key: "other", name: "Other" } }],
  ["that proposes the contrary", { predicted: "negative" }],
  ["here for another reason", { reasons: [] }],
  ["that takes two keys", { deliberate: true }],
  ["that somebody else holds", { held_by: { id: "bo", name: "Bo" } }],
  ["that has left the list", { gone: true }],
])("not one %s", (_, more) => {
  const chosen = aRow("a");
  expect(alikeRows([chosen, aRow("b", more)], [chosen], "ana")).toEqual(["a"]);
});

test("one's own is among them, and several questions bring theirs; never more than are ruled on at once", () => {
  const [one, two] = [aRow("a"), aRow("b", { predicted: "negative" })];
  const mine = aRow("c", { held_by: { id: "ana", name: "Ana" } });
  expect(alikeRows([one, two, mine, aRow("d", { predicted: "negative" })], [one, two], "ana")).toEqual([
    "a",
    "b",
    "c",
    "d",
  ]);
  const many = Array.from({ length: 300 }, (_, at) => aRow(`r${at}`));
  expect(alikeRows([one, ...many], [one], "ana")).toHaveLength(mostInBulk);
});
