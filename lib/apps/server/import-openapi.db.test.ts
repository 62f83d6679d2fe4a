import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { createConnector } from "./create-connector";
import { createConnectorAction } from "./create-connector-action";
import { getConnector } from "./get-connector";
import { importOpenApi } from "./import-openapi";
import { aConnector, anAction } from "./testing-inputs";
import { trailOf } from "./testing-trail";

const { db } = await testDatabase();
const org = await anOrg(db);

const document = `
openapi: 3.0.3
info: { title: Payments, version: "2" }
servers: [{ url: https://pay.example/v1 }]
paths:
  /refunds:
    post:
      operationId: createRefund
      summary: Refund a charge
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { $ref: "#/components/schemas/NewRefund" }
      responses:
        "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Refund" } } } }
        "402": { description: no }
  /refunds/{refund}/cancel:
    post:
      operationId: cancelRefund
      parameters: [{ name: refund, in: path, required: true, schema: { type: string } }]
      responses: { "204": { description: done } }
  /files:
    post:
      operationId: upload
      requestBody: { required: true, content: { multipart/form-data: { schema: { type: object } } } }
      responses: { "200": { description: ok } }
components:
  schemas:
    NewRefund: &new
      type: object
      required: [charge]
      properties: { charge: { type: string }, amount: { type: integer } }
    Again: *new
    Refund: { type: object, required: [id], properties: { id: { type: string } } }
`;

const served = { status: 200, text: document };
const server = createServer((_request, response) => response.writeHead(served.status).end(served.text));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
});

test("without a pick a document is only read; with one, its operations become actions and the version rises once", async () => {
  const { id } = await createConnector(org.admin, aConnector());
  const seen = await importOpenApi(org.admin, { connector: id, document });
  expect(seen).toMatchObject({
    title: "Payments",
    server: "https://pay.example/v1",
    connector_version: 1,
    added: [],
  });
  expect(seen.operations).toMatchObject([
    { key: "create-refund", arguments: ["charge", "amount"], exists: false, problem: null },
    { key: "cancel-refund", arguments: ["refund"], problem: null },
    { key: "upload", problem: expect.stringContaining("multipart/form-data") },
  ]);
  expect((await getConnector(org.admin, { connector: id })).actions).toEqual([]);

  const operations = ["create-refund", "cancel-refund"];
  const done = await importOpenApi(org.admin, { connector: id, document, operations, sha256: seen.sha256 });
  expect(done).toMatchObject({
    connector_version: 2,
    added: [{ key: "create-refund" }, { key: "cancel-refund" }],
  });
  expect(done.operations.map(({ exists }) => exists)).toEqual([true, true, false]);
  const stored = await getConnector(org.admin, { connector: id });
  expect(stored.actions.find(({ key }) => key === "create-refund")?.config).toMatchObject({
    kind: "http",
    path: "/v1/refunds",
    body_format: "form",
    key_header: "Idempotency-Key",
    success_schema: { $ref: "#/$defs/Refund" },
    hold_seconds: 0,
  });
  expect((await trailOf(db, id)).journal.map(({ action }) => action)).toContain("connector_actions.imported");
});

test("an operation that is there already, or cannot be one, is refused and nothing is added", async () => {
  const { id } = await createConnector(org.admin, aConnector());
  await createConnectorAction(org.admin, { connector: id, ...anAction(), key: "cancel-refund" });
  const taken = { connector: id, document, operations: ["create-refund", "cancel-refund"] };
  await expect(importOpenApi(org.admin, taken)).rejects.toMatchObject({ code: "key_taken" });
  for (const operations of [["upload"], ["nowhere"]]) {
    const wrong = importOpenApi(org.admin, { connector: id, document, operations });
    await expect(wrong).rejects.toMatchObject({ code: "unreadable_document" });
  }
  expect((await getConnector(org.admin, { connector: id })).actions).toHaveLength(1);
});

test("a document is fetched under the rule of every request; another one than was picked from is refused", async () => {
  const { id } = await createConnector(org.admin, aConnector());
  const url = `http://${host}/openapi.yaml`;
  vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", "");
  await expect(importOpenApi(org.admin, { connector: id, url })).rejects.toMatchObject({
    code: "unreadable_document",
    errors: [{ pointer: "/url" }],
  });
  vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", host);
  const seen = await importOpenApi(org.admin, { connector: id, url });
  expect(seen.operations).toHaveLength(3);
  served.text = document.replace("Payments", "Payouts");
  const picked = { connector: id, url, operations: ["create-refund"], sha256: seen.sha256 };
  await expect(importOpenApi(org.admin, picked)).rejects.toMatchObject({ code: "document_changed" });
  served.status = 302;
  await expect(importOpenApi(org.admin, { connector: id, url })).rejects.toThrow("answered 302");
});

test.each([
  ["neither JSON nor YAML", "{ nope", /neither JSON nor YAML/],
  [
    "endless aliases",
    `a: &a [x,x]\n${"bcdefghij"
      .split("")
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghij"[at]}`).join(",")}]`)
      .join("\n")}`,
    /neither JSON nor YAML/,
  ],
  ["a __proto__", '{"openapi":"3.0.0","paths":{"__proto__":{}}}', /neither JSON nor YAML/],
  ["Swagger 2", "swagger: '2.0'", /Swagger 2/],
  ["something else", "hello: world", /not an OpenAPI/],
])("%s is refused with a sentence", async (_name, text, message) => {
  const { id } = await createConnector(org.admin, aConnector());
  await expect(importOpenApi(org.admin, { connector: id, document: text })).rejects.toThrow(message);
});

test("only admins import, and only into their own HTTP connectors", async () => {
  const { id } = await createConnector(org.admin, aConnector());
  const config = { kind: "webhook", base_url: "https://hooks.example" };
  const hook = await createConnector(org.admin, aConnector({ config }));
  await expect(importOpenApi(org.reviewer, { connector: id, document })).rejects.toMatchObject({
    code: "forbidden",
  });
  const other = await anOrg(db);
  await expect(importOpenApi(other.admin, { connector: id, document })).rejects.toMatchObject({
    kind: "not_found",
  });
  await expect(importOpenApi(org.admin, { connector: hook.id, document })).rejects.toThrow(
    "Only an HTTP connector",
  );
});
