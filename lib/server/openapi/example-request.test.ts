import { describe, expect, test } from "vitest";
import { Submission } from "@/lib/decisions/schema";
import { exampleOf, curlOf, exampleBody, fetchOf, type Located } from "./example-request";

const located = (operation: Partial<Located["operation"]>, path = "/api/v1/decisions"): Located => ({
  method: "POST",
  path,
  operation: {
    operationId: "submitDecision",
    summary: "",
    description: "",
    tags: [],
    security: [{ bearer: [] }],
    responses: {},
    ...operation,
  },
});

test("the example of a submission is a submission", () => {
  expect(Submission.safeParse(exampleBody(located({}))).success).toBe(true);
});

describe("curl", () => {
  test("survives a quote in the body", () => {
    const schema = { type: "object", required: ["a"], properties: { a: { const: "it's" } } };
    const body = { required: true as const, content: { "application/json": { schema } } };
    expect(curlOf(located({ operationId: "x", requestBody: body }), "http://h")).toContain(
      String.raw`it'\''s`,
    );
  });

  test("sends a file where no JSON is taken", () => {
    const csv = { required: true as const, content: { "text/csv": { schema: { type: "string" } } } };
    const one = located({ operationId: "x", requestBody: csv });
    expect(curlOf(one, "http://h")).toContain("--data-binary @file.csv");
    expect(fetchOf(one, "http://h")).toContain('body: await readFile("file.csv")');
  });

  test("leaves ids to the shell and to the program", () => {
    const one = located({ operationId: "x" }, "/api/v1/decisions/{decision}/cancel");
    expect(curlOf(one, "http://h")).toContain('"http://h/api/v1/decisions/$DECISION/cancel"');
    expect(fetchOf(one, "http://h")).toContain("`http://h/api/v1/decisions/${decision}/cancel`");
  });
});

test("only what is required is filled in, with defaults and first choices", () => {
  const schema = {
    type: "object",
    required: ["kind", "limit", "at"],
    properties: {
      kind: { enum: ["first", "second"] },
      limit: { type: "integer", minimum: 5 },
      at: { type: "string", format: "date-time" },
      note: { type: "string" },
    },
  };
  expect(exampleOf(schema, "")).toEqual({ kind: "first", limit: 5, at: "2027-01-31T12:00:00Z" });
});
