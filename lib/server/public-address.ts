import ipaddr from "ipaddr.js";

// What ipaddr.js calls unicast, and is not the public internet.
const alsoPrivate: readonly [string, number][] = [
  ["64:ff9b::", 96], // NAT64: an IPv4 address behind a translator
  ["64:ff9b:1::", 48], // local NAT64
  ["2002::", 16], // 6to4
  ["2001::", 32], // Teredo
  ["3fff::", 20], // documentation
  ["5f00::", 16], // SRv6 segments
  ["100::", 64], // discard
  ["fec0::", 10], // site-local of old
];

/** True for an address on the public internet: not loopback, private, link-local, mapped, translated or reserved. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  if (parsed.kind() === "ipv4") return true;
  return !alsoPrivate.some(([prefix, bits]) => parsed.match(ipaddr.parse(prefix), bits));
}
