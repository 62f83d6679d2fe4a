import type { IncomingMessage } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { clientAddress, networkOf, notePeer } from "./client-address";

afterEach(() => vi.unstubAllEnvs());

/** The address that limits go by, of a request from there with these headers. */
function seen(remoteAddress: string, headers: Record<string, string> = {}): string | null {
  const request = { headers: { ...headers }, socket: { remoteAddress } };
  notePeer(request as unknown as IncomingMessage); // the two fields it reads
  return clientAddress({ get: (name) => (request.headers as Record<string, string>)[name] ?? null });
}

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
  ["2001:db8:1:3::1", "2001:db8:1:3::/64"],
  ["unknown", "unknown"],
])("%s counts as %s", (address, network) => expect(networkOf(address)).toBe(network));

test("what a caller says of its own address counts for nothing", () => {
  expect(seen("192.0.2.7", { "x-forwarded-for": "198.51.100.1" })).toBe("192.0.2.7");
});

test("behind a proxy the last address counts, which is the proxy's word", () => {
  vi.stubEnv("COUNTERSIGN_TRUST_PROXY", "1");
  expect(seen("10.0.0.1", { "x-forwarded-for": "203.0.113.9, 2001:db8:1:2:3:4:5:6" })).toBe(
    "2001:db8:1:2::/64",
  );
  expect(seen("10.0.0.1")).toBe("10.0.0.1");
});
