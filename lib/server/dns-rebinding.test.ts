import { createServer, type Server } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import net, { type AddressInfo } from "node:net";
import tls from "node:tls";
import { afterEach, describe, expect, test, vi } from "vitest";
import { strictAgent, strictSend, strictSocket } from "./safe-fetch";

const open: { close: () => unknown }[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  for (const each of open.splice(0)) each.close();
});

/** A name that leads to each address in turn, and stays with the last: what an attacker's name server answers. */
function leadingTo(...addresses: string[]) {
  return vi.fn(async () => [{ address: (addresses.length > 1 ? addresses.shift() : addresses[0]) ?? "" }]);
}

const published = "93.184.215.14";

function post(agent: ReturnType<typeof strictAgent>, origin: string) {
  const request = { origin, path: "/", method: "POST", headers: {}, body: "{}", timeoutMs: 2000 };
  return strictSend(agent, request);
}

async function listening(server: Server | tls.Server, host: string, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  open.push(server);
  return (server.address() as AddressInfo).port;
}

/** Where TLS is opened to; all of it ends at a server of the test's own, as a network that lies would have it. */
async function aLyingNetwork() {
  const requests = vi.fn();
  const psk = { psk: Buffer.alloc(32, 1), identity: "test" };
  const common = { ciphers: "PSK", maxVersion: "TLSv1.2" } as const;
  const server = tls.createServer({ ...common, pskCallback: () => psk.psk }, (socket) => {
    socket.on("error", () => undefined).on("data", requests);
  });
  const port = await listening(server, "127.0.0.1");
  const dialled: { host?: string; servername?: string }[] = [];
  const connect = tls.connect;
  vi.spyOn(tls, "connect").mockImplementation(((options: tls.ConnectionOptions) => {
    dialled.push({ host: options.host, servername: options.servername });
    const here = { host: "127.0.0.1", port, checkServerIdentity: () => undefined, pskCallback: () => psk };
    return connect({ ...options, ...common, ...here });
  }) as typeof tls.connect);
  return { dialled, requests };
}

describe("a name that leads elsewhere when it is asked again", () => {
  test("is connected to at the address that was checked, under its own name; a peer that is not public hears nothing", async () => {
    const { dialled, requests } = await aLyingNetwork();
    const resolve = leadingTo(published, "127.0.0.1");
    const agent = strictAgent({ allowedPrivateHosts: [], resolve });
    expect(await post(agent, "https://rebind.example")).toEqual({
      kind: "not_sent",
      error: "rebind.example led to an address that is not public",
    });
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(dialled).toEqual([{ host: published, servername: "rebind.example" }]);
    expect(await post(agent, "https://rebind.example")).toEqual({
      kind: "not_sent",
      error: "rebind.example is not a public address",
    });
    expect(dialled).toHaveLength(1);
    expect(requests).not.toHaveBeenCalled();
    await agent.destroy();
  });

  test("of a listed host too: the request goes to the address that was looked up for it, and to no other", async () => {
    const heard: string[] = [];
    const at = (address: string) =>
      createServer((_, response) => {
        heard.push(address);
        response.end("ok");
      });
    const port = await listening(at("127.0.0.2"), "127.0.0.2");
    await listening(at("127.0.0.1"), "127.0.0.1", port);
    const resolve = leadingTo("127.0.0.2", "127.0.0.1");
    const agent = strictAgent({ allowedPrivateHosts: [`billing.example:${port}`], resolve });
    expect(await post(agent, `http://billing.example:${port}`)).toMatchObject({
      kind: "response",
      text: "ok",
    });
    expect(heard).toEqual(["127.0.0.2"]);
    expect(resolve).toHaveBeenCalledTimes(1);
    await agent.destroy();
  });

  test("for mail as well", async () => {
    const server = net.createServer();
    const heard = vi.fn();
    server.on("connection", (socket) => void socket.on("error", () => undefined).on("data", heard));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.push(server);
    const { port } = server.address() as AddressInfo;
    const dialled: unknown[] = [];
    const connect = net.connect;
    vi.spyOn(net, "connect").mockImplementation(((options: net.TcpNetConnectOpts) => {
      dialled.push(options.host);
      return connect({ host: "127.0.0.1", port });
    }) as typeof net.connect);
    syncBuiltinESMExports();
    const resolve = leadingTo(published, "127.0.0.1");
    const dial = () =>
      strictSocket({ host: "mail.example", port: 587 }, { allowedPrivateHosts: [], resolve });
    await expect(dial()).rejects.toThrow("led to an address that is not public");
    await expect(dial()).rejects.toThrow("is not a public address");
    expect(dialled).toEqual([published]);
    expect(heard).not.toHaveBeenCalled();
  });
});
