import { expect, test } from "vitest";
import { answerSchema } from "./answer-schema";
import { lineDiff } from "./line-diff";
import { PromptSettings, settingsProblem } from "./settings";
import { fillTemplate, takeArguments, templateErrors } from "./template";

const user = (content: string) => [{ role: "user" as const, content }];
const input = { order: { id: "INV-1", items: [1, 2] }, note: "say {{/order/id}} and $& twice" };

test("places are filled from the input, texts as they are, and what was filled in is no template again", () => {
  expect(fillTemplate(user("{{/order/id}}: {{ /order/items }} / {{/note}}"), input)).toEqual(
    user("INV-1: [1,2] / say {{/order/id}} and $& twice"),
  );
  expect(fillTemplate(user("{{input}}"), input)[0]?.content).toBe(JSON.stringify(input, null, 2));
});

test("a place that the input does not have is told by its pointer, in templates and in taken arguments", () => {
  expect(() => fillTemplate(user("{{/order/date}} {{/x}}"), input)).toThrow(
    expect.objectContaining({
      code: "validation_failed",
      errors: [
        expect.objectContaining({ pointer: "/input/order/date" }),
        expect.objectContaining({ pointer: "/input/x" }),
      ],
    }),
  );
  expect(takeArguments({ invoice: "/order/id" }, input)).toEqual({ invoice: "INV-1" });
  expect(() => takeArguments({ invoice: "/nowhere" }, input)).toThrow(/invoice/);
});

test("a place that is neither the input nor a pointer keeps a template from being saved", () => {
  expect(templateErrors(user("{{input}} {{/a}}"))).toEqual([]);
  expect(templateErrors(user("Hello {{name}}"))).toMatchObject([{ pointer: "/messages/0/content" }]);
});

test("what is taken from the input is not asked of the model, and references still lead somewhere", () => {
  const schema = answerSchema(
    {
      type: "object",
      required: ["invoice", "amount"],
      properties: { invoice: { type: "string" }, amount: { $ref: "#/$defs/money" } },
      additionalProperties: false,
      $defs: { money: { type: "integer" } },
    },
    ["invoice"],
  );
  expect(schema).toMatchObject({
    properties: { arguments: { properties: { amount: { $ref: "#/$defs/money" } }, required: ["amount"] } },
    $defs: { money: { type: "integer" } },
  });
  expect(JSON.stringify(schema)).not.toContain("invoice");
});

test("a confidence that the settings cannot give is refused", () => {
  const problem = (more: object, gives = false) => settingsProblem(PromptSettings.parse(more), gives);
  expect(problem({})).toBeNull();
  expect(problem({ confidence: "self_consistency" })).toMatch(/two samples/);
  expect(problem({ confidence: "self_consistency", samples: 3 })).toBeNull();
  expect(problem({ confidence: "token_probability" })).toMatch(/gives no token/);
  expect(problem({ confidence: "token_probability" }, true)).toBeNull();
  expect(problem({ confidence: "combined" })).toMatch(/fitted/);
});

test("a diff shows what went and what came, and rebuilds both texts", () => {
  const [before, after] = ["a\nb\nc\nd", "a\nx\nc\nd\ne"];
  const lines = lineDiff(before, after);
  expect(lines.filter(({ kind }) => kind !== "same")).toEqual([
    { kind: "removed", text: "b" },
    { kind: "added", text: "x" },
    { kind: "added", text: "e" },
  ]);
  const side = (without: string) =>
    lines.flatMap(({ kind, text }) => (kind === without ? [] : [text])).join("\n");
  expect([side("added"), side("removed")]).toEqual([before, after]);
});
