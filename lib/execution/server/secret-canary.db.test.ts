import fs from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { CreateConnector } from "@/lib/apps/inputs";
import { getConnector } from "@/lib/apps/server/get-connector";
import { listConnectors } from "@/lib/apps/server/list-connectors";
import { updateConnector } from "@/lib/apps/server/update-connector";
import { rowsOf } from "@/lib/server/rows";
import { problemOf } from "@/lib/server/problem";
import { parseWith } from "@/lib/server/parse";
import { certifyAction } from "./certify-action";
import { closeConnectors } from "./connectors/connector-of";
import { getCertification } from "./get-certification";
import { getExecution } from "./get-execution";
import { listExecutions } from "./list-executions";
import { runCertifications } from "./run-certifications";
import { executionRunner } from "./run-executions";

const { db } = await testDatabase();

// With the letters that forms of writing write in their own ways: JSON, PHP's JSON, addresses, forms.
const canary = 'canary/4f"9c\\71+a5=&%7e b2';
const forms = [
  canary,
  JSON.stringify(canary).slice(1, -1),
  JSON.stringify(canary).slice(1, -1).replaceAll("/", "\\/"),
  encodeURIComponent(canary),
  encodeURIComponent(canary).replaceAll("%20", "+"),
  Buffer.from(canary).toString("base64"),
  Buffer.from(canary).toString("base64url"),
  Buffer.from(canary).toString("hex"),
];

function expectNoCanary(text: string, where: string): void {
  for (const form of forms) expect(text.includes(form), `${where} holds ${form}`).toBe(false);
  // JSON within JSON: what stands in a column as text is quoted once more.
  expect(text.replaceAll("\\", "").includes(canary.replaceAll("\\", "")), `${where}, quoted`).toBe(false);
}

/** A target that answers with everything it was told, in a form of writing, with a status that is no success. */
let reply: { status: number; write: (told: object) => string };
let port: number;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    const secretWords =
      request.headers["x-api-key"] ?? String(request.headers.authorization ?? "").split(" ")[1];
    const told = { url: request.url, headers: request.headers, body, secretWords };
    response.writeHead(reply.status, {
      "content-type": "application/json",
      "x-told": encodeURIComponent(body),
    });
    response.end(reply.write(told));
  });
});
const written: string[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = `127.0.0.1:${port}`;
  process.env.COUNTERSIGN_ENCRYPTION_KEY = Buffer.alloc(32, 5).toString("base64");
  const write = fs.writeSync.bind(fs);
  // What goes to the log goes through here.
  vi.spyOn(fs, "writeSync").mockImplementation(((fd: number, text: string, ...rest: never[]) => {
    if (fd === 1 || fd === 2) written.push(String(text));
    return write(fd, text, ...rest);
  }) as typeof fs.writeSync);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await closeConnectors();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  written.length = 0;
});

const oauth2 = { token_url: "", client_id: "us", client_auth: "body" as const };
const auths: [string, object][] = [
  ["bearer", { auth: "bearer" }],
  ["basic", { auth: "basic" }],
  ["a key in a header", { auth: "api_key", api_key: { in: "header", name: "X-API-Key" } }],
  ["a key in the address", { auth: "api_key", api_key: { in: "query", name: "key" } }],
  ["hmac", { auth: "hmac", hmac: {} }],
  ["oauth2", { auth: "oauth2", oauth2 }],
];
const writings: [string, (told: object) => string][] = [
  ["JSON", (told) => JSON.stringify({ error: { message: JSON.stringify(told), told } })],
  ["PHP's JSON", (told) => JSON.stringify({ error: { message: "no", told } }).replaceAll("/", "\\/")],
  ["escaped JSON", (told) => escaped(JSON.stringify({ message: "no", told }))],
  ["text", (told) => `refused: ${Object.values(told).join(" ")} ${JSON.stringify(told)}`],
];

/** Every letter and digit inside strings as \uXXXX, where that does not break an escape. */
function escaped(json: string): string {
  return json.replaceAll(/(?<!\\)[a-z]/g, (letter) =>
    letter === "u" ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

test.each(
  auths.flatMap(([auth, config]) => writings.map(([form, write]) => [auth, form, config, write] as const)),
)(
  "%s, echoed as %s by a failing target: in no table, log, answer or error",
  async (_auth, _form, config, write) => {
    const org = await anOrg(db);
    const base = `http://127.0.0.1:${port}`;
    const desk = await aRefundDesk(db, org, { connectorClass: "B", baseUrl: base });
    const { version } = await getConnector(org.admin, { connector: desk.connector });
    const filled = JSON.parse(
      JSON.stringify(config).replace('"token_url":""', `"token_url":"${base}/token"`),
    ) as object;
    const parsed = CreateConnector.shape.config.parse({ base_url: base, settle_delay_ms: 0, ...filled });
    await updateConnector(org.admin, { connector: desk.connector, version, secret: canary, config: parsed });
    const answers: unknown[] = [];
    for (const status of [402, 500, 200]) {
      reply = { status, write };
      const { executionId } = await aDecision(db, org, desk, { status: "approved" });
      // The connector has moved on since the fixture's approval: sign what is stored now.
      await db.execute(sql`update connectors set version = 1 where id = ${desk.connector}`);
      const runner = executionRunner({ workerId: "worker:canary" });
      for (let round = 0; round < 3; round++) {
        await runner.run({ ...org.system, now: new Date() });
        await runner.drain();
        await db.execute(sql`update executions set next_at = now() where org_id = ${org.orgId}`);
      }
      answers.push(await getExecution(org.admin, { id: executionId ?? "" }));
    }
    const { id } = await certifyAction(org.admin, {
      connector: desk.connector,
      action: "refund",
      arguments: { invoice: "INV-1", amount: 1, currency: "EUR" },
      bad_arguments: { invoice: "INV-1", amount: -1, currency: "EUR" },
    });
    await runCertifications(org.system);
    answers.push(await getCertification(org.admin, { params: { certification: id } }));
    answers.push(await getConnector(org.admin, { connector: desk.connector }));
    answers.push(await listConnectors(org.admin, { limit: 10 } as never));
    answers.push(await listExecutions(org.admin, { query: { limit: 10 } }));
    expectNoCanary(JSON.stringify(answers), "an answer of the API");
    const attempts = await db.select().from(schema.attempts).where(eq(schema.attempts.orgId, org.orgId));
    expect(attempts.length).toBeGreaterThan(2);
    expectNoCanary(written.join("\n"), "the log");
    for (const { table } of await tables()) expectNoCanary(await dump(table), `the table ${table}`);
  },
);

async function tables() {
  return rowsOf<{ table: string }>(
    db,
    sql`select table_name as "table" from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
}

async function dump(table: string): Promise<string> {
  const rows = await rowsOf<{ text: string }>(
    db,
    sql`select row_to_json(t)::text as text from ${sql.identifier(table)} t`,
  );
  return rows.map(({ text }) => text).join("\n");
}

test("a refused input and an unreadable secret are told without their text", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, {});
  const parse = () =>
    parseWith(CreateConnector, { key: "x", secret: `${canary}\u0007`, config: { base_url: canary } });
  const told = (error: unknown) => JSON.stringify(problemOf(error, { requestId: "req_1" }));
  let refused = "";
  try {
    parse();
  } catch (error) {
    refused = told(error);
  }
  expect(refused).toContain("/secret");
  expectNoCanary(refused, "the problem");
  await updateConnector(org.admin, { connector: desk.connector, version: 1, secret: canary });
  const { executionId } = await aDecision(db, org, desk, { status: "approved" });
  await db.execute(sql`update connectors set version = 1 where id = ${desk.connector}`);
  process.env.COUNTERSIGN_ENCRYPTION_KEY = Buffer.alloc(32, 6).toString("base64");
  await executionRunner({ workerId: "worker:canary" }).run({ ...org.system, now: new Date() });
  const view = await getExecution(org.admin, { id: executionId ?? "" });
  expect(view.error).toContain("cannot be read");
  expectNoCanary(JSON.stringify(view) + written.join("\n"), "the execution");
});
