import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import type { TestOrg } from "@/db/testing-fixtures";
import { getCertificationEndpoint, startCertificationEndpoint } from "@/lib/execution/certification";
import { certifyAction } from "@/lib/execution/server/certify-action";
import { closeConnectors } from "@/lib/execution/server/connectors/connector-of";
import { getCertification } from "@/lib/execution/server/get-certification";
import { runCertifications } from "@/lib/execution/server/run-certifications";
import {
  aCertifiedDesk,
  aCertifiedTarget,
  bad,
  good,
  type CertifiedTarget,
} from "@/lib/execution/server/testing-certified";
import { apiContextIn } from "@/lib/identity/server/api-context";
import { createPersonalToken } from "@/lib/identity/server/create-key";
import type { Context } from "@/lib/server/context";
import { handle, type Incoming } from "@/lib/server/handle";
import { incomingOf } from "@/lib/server/serve";

// `npm run certify`, as a process of its own, against the API's own contracts and a target on loopback.
const { db } = await testDatabase();
const script = path.join(import.meta.dirname, "certify.mjs");
const contextOf = (incoming: Incoming, requestId: string) => apiContextIn(db, incoming, requestId);
const folder = mkdtempSync(path.join(tmpdir(), "certify-"));
const file = (name: string, content: string) => {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
};
const goodFile = file("good.json", JSON.stringify(good));
const badFile = file("bad.json", JSON.stringify(bad));

let target: CertifiedTarget;
let system: Context | undefined;
let url = "";
const api = createServer((request, response) => {
  void (async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { authorization = "" } = request.headers;
    const asked = new Request(`http://localhost${request.url}`, {
      method: request.method,
      headers: { authorization, "content-type": "application/json" },
      body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
    });
    const [, certification] = /^\/api\/v1\/certifications\/(.+)$/.exec(request.url ?? "") ?? [];
    const { status, headers, body } = certification
      ? await handle(
          getCertificationEndpoint,
          contextOf,
          getCertification,
          incomingOf(asked, { certification }),
        )
      : await handle(
          startCertificationEndpoint,
          contextOf,
          (ctx, { body }) => certifyAction(ctx, body),
          incomingOf(asked, {}),
        );
    response.writeHead(status, headers).end(body);
    if (status === 202 && system) await runCertifications(system);
  })();
});

beforeAll(async () => {
  target = await aCertifiedTarget();
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await closeConnectors();
  api.closeAllConnections();
  api.close();
  target.close();
});
beforeEach(() => target.reset());

const tokenOf = async (ctx: Context) => (await createPersonalToken(ctx, { name: "certify" })).token;
async function aDesk() {
  const { org, desk } = await aCertifiedDesk(db, target, "A");
  system = org.system;
  return { org, desk, token: await tokenOf(org.admin) };
}

/** Runs the script to its end. */
function certify(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, COUNTERSIGN_TOKEN: "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
const claims = (connector: string) => [connector, "refund", "--arguments", goodFile, "--bad", badFile];

test("a system that keeps its word: every check is printed, and the exit code is 0", async () => {
  const { desk, token } = await aDesk();
  const { code, out, err } = await certify([
    "--url",
    url,
    "--token",
    token,
    ...claims(desk.connector),
    "--yes",
  ]);
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(out).toMatch(/class A, version 1/);
  expect(out).toMatch(/^accepts +passed +It acted, as re_1/m);
  expect(out).toMatch(/^dedupes +passed +The same key again was answered with the same effect, re_1/m);
  expect(out).toMatch(/^looks_up +passed/m);
  expect(out).toMatch(/^refuses +passed .*amount is negative/m);
  expect(out).toMatch(/^passed \(cert?[a-z]*_/m);
  expect(out).not.toContain(token);
  expect(target.effects).toHaveLength(1);
});

test("a system that lies: what it did is printed, and the exit code is 1", async () => {
  target.dedupes = false;
  const { desk, token } = await aDesk();
  const { code, out } = await certify([...claims(desk.connector), "--url", `${url}/`, "--yes"], {
    COUNTERSIGN_TOKEN: token,
  });
  expect(code).toBe(1);
  expect(out).toMatch(/^dedupes +failed +It acted twice: re_1, then re_2, for one key\./m);
  expect(out).toMatch(/^failed \(/m);
});

test("nothing is called unless somebody says yes, or --yes stands there", async () => {
  const { desk, token } = await aDesk();
  const { code, out, err } = await certify(["--url", url, "--token", token, ...claims(desk.connector)]);
  expect(code).toBe(1);
  expect(out).toContain("is really called");
  expect(err).toContain("add --yes");
  expect(target.effects).toEqual([]);
});

test.each([
  ["an option that is missing", ["only-a-connector"], /Give all of it: npm run certify/],
  ["an option that is not there", ["--what"], /--what/],
  [
    "a file that is no JSON",
    ["c", "a", "--arguments", file("not.json", "{"), "--yes"],
    /cannot be read as JSON/,
  ],
  ["a server that is not there", ["c", "a", "--arguments", goodFile, "--yes"], /does not answer/],
])("%s is said in a sentence, without a stack, and the exit code is 1", async (_what, args, sentence) => {
  const { code, err } = await certify([...args, "--token", "x", "--url", "http://127.0.0.1:9"]);
  expect(code).toBe(1);
  expect(err).toMatch(sentence);
  expect(err).not.toMatch(/\n {4}at /);
});

test.each([
  ["a reviewer's token", (org: TestOrg) => tokenOf(org.reviewer), /[Ff]orbidden|may not|admin/],
  ["a token of nobody", () => Promise.resolve("csk_nobody"), /key|token/],
])("%s is refused in the server's words, and nothing is called", async (_who, give, words) => {
  const { org, desk } = await aDesk();
  const { code, err } = await certify([
    "--url",
    url,
    "--token",
    await give(org),
    ...claims(desk.connector),
    "--yes",
  ]);
  expect(code).toBe(1);
  expect(err).toMatch(words);
  expect(err).not.toMatch(/\n {4}at /);
  expect(target.effects).toEqual([]);
});

test("something else at that address is said too", async () => {
  const page = createServer((_, response) => response.writeHead(502).end("<html>Bad gateway</html>"));
  await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
  const where = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
  const { code, err } = await certify(["--url", where, "--token", "x", ...claims("c"), "--yes"]);
  page.close();
  expect(code).toBe(1);
  expect(err).toMatch(/answered 502/);
  expect(err).not.toMatch(/\n {4}at /);
});
