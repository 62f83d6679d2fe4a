import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { frontDoor, refuseUpgrades, setCommonHeaders } from "./front-door";

let server: Server;
let port: number;
let isStopping = false;
let seen: { url: string | undefined; host: string | undefined }[] = [];

beforeAll(async () => {
  process.env.COUNTERSIGN_ORIGIN = "https://own.example";
  const answers = frontDoor({ isStopping: () => isStopping });
  const prepare = setCommonHeaders();
  server = createServer((request, response) => {
    if (answers(request, response)) return;
    prepare(response);
    seen.push({ url: request.url, host: String(request.headers["x-forwarded-host"]) });
    response.end("inside");
  });
  refuseUpgrades(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port; // a port was listened on
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  isStopping = false;
  seen = [];
});

/** One request as raw text, and everything that came back until the connection ended. */
function exchange(head: string, ...headers: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
    socket.on("close", () => resolve(text)).on("error", reject);
    socket.write(
      [`${head} HTTP/1.1`, "Host: evil.example", "Connection: close", ...headers, "", ""].join("\r\n"),
    );
  });
}

test.each(["TRACE", "PROPFIND"])(
  "%s is a method that nothing answers to, and says which are",
  async (method) => {
    const answer = await exchange(`${method} /decisions`);
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toContain("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    expect(answer).toContain("Content-Security-Policy: default-src 'none'");
    expect(seen).toEqual([]);
  },
);

test("a path that is no text is not found, for people as a page", async () => {
  expect(await exchange("GET /api/v1/decisions/%ff")).toMatch(
    /^HTTP\/1\.1 404 [\s\S]*application\/problem\+json/,
  );
  expect(seen).toEqual([]);
  await exchange("GET /decisions/%ff?next=1");
  await exchange("GET /decisions/%00");
  expect(seen.map(({ url }) => url)).toEqual(["/_not-found", "/_not-found"]);
});

test("an address with a host of its own counts for its path alone", async () => {
  await exchange("GET http://evil.example/decisions?a=1");
  expect(seen).toEqual([{ url: "/decisions?a=1", host: "own.example" }]);
});

test("the forwarded host is ours, whatever a caller or a proxy says", async () => {
  await exchange("GET /sign-in", "X-Forwarded-Host: evil.example");
  await exchange("POST /sign-in", "Next-Action: 00", "Origin: https://own.example");
  expect(seen.map(({ host }) => host)).toEqual(["own.example", "own.example"]);
});

test.each([["Origin: https://evil.example"], ["Origin: null"], ["X-Forwarded-Host: own.example"]])(
  "a server action with %s alone is refused as a foreign one",
  async (header) => {
    const answer = await exchange("POST /sign-in", "Next-Action: 00", "Content-Length: 0", header);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain("foreign_origin");
    expect(seen).toEqual([]);
  },
);

test("a change of protocols ends the connection", async () => {
  const answer = await exchange("GET /decisions", "Connection: Upgrade", "Upgrade: websocket");
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(seen).toEqual([]);
});

test("while it stops it is not ready, and keeps no connection", async () => {
  expect(await exchange("GET /api/ready")).toContain("inside");
  isStopping = true;
  expect(await exchange("GET /api/ready")).toMatch(/^HTTP\/1\.1 503 [\s\S]*\{"status":"stopping"\}/);
  expect(await exchange("GET /decisions")).toMatch(/Connection: close/i);
});

test("every answer has the headers that all have", async () => {
  const answer = await exchange("GET /decisions");
  expect(answer).toContain("X-Content-Type-Options: nosniff");
  expect(answer).toContain("X-Frame-Options: DENY");
  expect(answer).toContain("Strict-Transport-Security: ");
});
