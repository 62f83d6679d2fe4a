import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPublicAddress } from "./public-address";
import { allowedPrivateHosts, strictAgent, strictSend, strictSocket, type StrictOptions } from "./safe-fetch";

let server: Server;
let port = 0;
let hits = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    hits += 1;
    if (request.url === "/redirect") response.writeHead(302, { location: "/elsewhere" }).end();
    else if (request.url === "/large") response.end(Buffer.alloc(300 * 1024, "x"));
    else if (request.url === "/drip") response.write("x");
    else if (request.url === "/cut") request.socket.destroy();
    else response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const listed = (): StrictOptions => ({ allowedPrivateHosts: [`127.0.0.1:${port}`] });

async function ask(
  url: string,
  options: Partial<StrictOptions> = {},
  more: { mayWrite?: () => boolean; timeoutMs?: number } = {},
) {
  const agent = strictAgent({ allowedPrivateHosts: [], ...options });
  const { origin, pathname } = new URL(url);
  try {
    return await strictSend(agent, {
      origin,
      path: pathname,
      method: "POST",
      headers: {},
      body: "{}",
      timeoutMs: more.timeoutMs ?? 2000,
      ...more,
    });
  } finally {
    await agent.destroy();
  }
}

const spellings = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "0177.0.0.1",
  "0x7f.0.0.1",
  "0x7f000001",
  "2130706433",
  "127.0.0.1.",
  "localhost",
  "localhost.",
  "LOCALHOST",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[64:ff9b::7f00:1]",
  "[2002:7f00:1::]",
  "0.0.0.0",
  "0",
  "[::]",
  "①②⑦.⓪.⓪.①",
];

describe("what names this machine is not connected to", () => {
  test.each(spellings)("http://%s", async (host) => {
    const before = hits;
    expect(await ask(`http://${host}:${port}/`)).toMatchObject({ kind: "not_sent" });
    expect(hits).toBe(before);
  });

  test.each(spellings)("https://%s on port 443", async (host) => {
    const answer = await ask(`https://${host}/`);
    expect(answer).toMatchObject({
      kind: "not_sent",
      error: expect.stringMatching(/not a public address|not found|ENOTFOUND|EAI_AGAIN/),
    });
  });

  test("a public name that resolves to loopback, alone or beside a public address", async () => {
    const resolve = async () => [{ address: "93.184.215.14" }, { address: "127.0.0.1" }];
    expect(await ask("https://rebind.example/", { resolve })).toMatchObject({
      kind: "not_sent",
      error: "rebind.example is not a public address",
    });
  });
});

test.each([
  "10.0.0.1",
  "100.64.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "192.168.1.1",
  "198.18.0.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "fe80::1",
  "fc00::1",
  "fd12::1",
  "ff02::1",
  "2001:db8::1",
  "2001::1",
  "3fff::1",
  "5f00::1",
  "::ffff:10.0.0.1",
])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));

test.each(["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])("%s is public", (address) =>
  expect(isPublicAddress(address)).toBe(true),
);

describe("a listed private host", () => {
  test("is answered", async () => {
    expect(await ask(`http://127.0.0.1:${port}/`, listed())).toMatchObject({
      kind: "response",
      status: 200,
      text: "ok",
    });
  });

  test("is listed with its port, and by that name only", async () => {
    expect(await ask(`http://127.0.0.1:${port}/`, { allowedPrivateHosts: ["127.0.0.1:1"] })).toMatchObject({
      kind: "not_sent",
    });
    expect(await ask(`http://localhost:${port}/`, listed())).toMatchObject({ kind: "not_sent" });
  });

  test("comes from the environment, and is nobody when that is empty", () => {
    expect(allowedPrivateHosts(undefined)).toEqual([]);
    expect(allowedPrivateHosts(" 127.0.0.1:3001, Billing:80 ,")).toEqual(["127.0.0.1:3001", "billing:80"]);
  });
});

describe("what is certain about a request", () => {
  test("a redirect is not followed", async () => {
    const before = hits;
    expect(await ask(`http://127.0.0.1:${port}/redirect`, listed())).toMatchObject({
      kind: "response",
      status: 302,
    });
    expect(hits).toBe(before + 1);
  });

  test("an answer over 256 KB, a slow drip and a cut connection are no answer", async () => {
    expect(await ask(`http://127.0.0.1:${port}/large`, listed())).toMatchObject({ kind: "no_answer" });
    expect(await ask(`http://127.0.0.1:${port}/cut`, listed())).toMatchObject({ kind: "no_answer" });
    expect(await ask(`http://127.0.0.1:${port}/drip`, listed(), { timeoutMs: 200 })).toMatchObject({
      kind: "no_answer",
      error: "no answer within 200 ms",
    });
  });

  test("a refused connection and an unknown name were not sent", async () => {
    expect(await ask("http://127.0.0.1:1/", { allowedPrivateHosts: ["127.0.0.1:1"] })).toMatchObject({
      kind: "not_sent",
    });
    const resolve = async () => Promise.reject(new Error("getaddrinfo ENOTFOUND"));
    expect(await ask("https://nowhere.example/", { resolve })).toMatchObject({ kind: "not_sent" });
  });

  test("a lapsed lease stops the first byte", async () => {
    const before = hits;
    const answer = await ask(`http://127.0.0.1:${port}/`, listed(), { mayWrite: () => false });
    expect(answer).toEqual({ kind: "not_sent", error: "the lease was over before it was sent" });
    expect(hits).toBe(before);
  });

  test("a request that cannot be written was not sent", async () => {
    const agent = strictAgent(listed());
    const answer = await strictSend(agent, {
      origin: `http://127.0.0.1:${port}`,
      path: "/",
      method: "POST",
      headers: { "x-bad": "a\nb" },
      body: null,
      timeoutMs: 1000,
    });
    expect(answer).toMatchObject({ kind: "not_sent" });
    await agent.destroy();
  });
});

describe("mail", () => {
  const tried = async (host: string, at: number, options: Partial<StrictOptions> = {}) => {
    const socket = await strictSocket({ host, port: at }, { allowedPrivateHosts: [], ...options });
    const { remoteAddress } = socket;
    socket.destroy();
    return remoteAddress;
  };

  test.each(["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1"])(
    "goes to no private address: %s",
    async (host) => {
      await expect(tried(host, 587)).rejects.toThrow("not a public address");
    },
  );

  test("goes to no name with a private address among its public ones, and to no port but those of mail", async () => {
    const resolve = async () => [{ address: "93.184.216.34" }, { address: "127.0.0.1" }];
    await expect(tried("mail.example", 587, { resolve })).rejects.toThrow("not a public address");
    await expect(tried("mail.example", 5432, { resolve })).rejects.toThrow("port 5432 is not allowed");
  });

  test("goes to a listed host, whatever its address and port", async () => {
    expect(await tried("127.0.0.1", port, listed())).toBe("127.0.0.1");
  });
});
