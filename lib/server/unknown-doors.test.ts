import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unknownDoors } from "./unknown-doors";

let server: Server;
let base: string;
let reads = 0;

beforeAll(async () => {
  const answers = unknownDoors(async () => {
    reads += 1;
    return [
      { method: "GET", path: "/api/v1/decisions" },
      { method: "POST", path: "/api/v1/decisions" },
      { method: "POST", path: "/api/v1/decisions/batch" },
      { method: "GET", path: "/api/v1/decisions/{decision}" },
    ];
  });
  server = createServer((request, response) => {
    void answers(request, response).then((done) => done || response.end("inside"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a port was listened on
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test.each([
  ["DELETE", "/api/v1/decisions", "GET, HEAD, OPTIONS, POST"],
  ["POST", "/api/v1/decisions/dec_1?x=1", "GET, HEAD, OPTIONS"],
  ["GET", "/api/v1/decisions/batch", "OPTIONS, POST"],
])("%s %s is refused 405, with the methods that are answered", async (method, path, allowed) => {
  const response = await fetch(base + path, { method });
  expect([response.status, response.headers.get("allow")]).toEqual([405, allowed]);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await response.json()).toMatchObject({
    status: 405,
    code: "method_not_allowed",
    request_id: response.headers.get("request-id"),
  });
});

test.each(["/api/v1/nothing", "/api/v1", "/api/v1/decisions/a/b"])(
  "%s is a problem, not a page",
  async (path) => {
    const response = await fetch(base + path, { method: "POST", body: "{}" });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ status: 404, code: "not_found", instance: path });
  },
);

test.each([
  ["GET", "/api/v1/decisions?limit=1"],
  ["HEAD", "/api/v1/decisions/dec_1"],
  ["OPTIONS", "/api/v1/decisions/batch"],
  ["GET", "/api/v1/decisions/"],
  ["GET", "/api/health"],
  ["GET", "/apps/nothing"],
])("%s %s goes on", async (method, path) => {
  expect((await fetch(base + path, { method })).status).toBe(200);
});

test("the operations are read once", () => {
  expect(reads).toBe(1);
});
