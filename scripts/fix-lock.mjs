// `npm run lock:fix`, after every change of the lock: a registry that lacks a package's build for another platform
// makes npm write a lock that its own `npm ci` refuses. Each missing one is noted as optional for its platform.
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const systems = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const processors = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "x64",
  "wasm32",
];

const added = Object.entries(lock.packages).flatMap(([place, { optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies).flatMap(([name, range]) => noteIfMissing(place, name, range)),
);
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, "en")),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(
  added.length ? `Noted ${added.length}: ${added.join(", ")}\n` : "The lock is complete.\n",
);

function noteIfMissing(place, name, range) {
  const version = range.replace(/^[~^=]+/, "");
  if (isThere(place, name) || !/^\d+\.\d+\.\d+/.test(version)) return [];
  lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), optional: true };
  return [`${name}@${version}`];
}

/** Whether the package is found from this place, as Node finds it: beside it, or further up. */
function isThere(place, name) {
  for (let at = place; ; at = parentOf(at)) {
    if (lock.packages[at ? `${at}/node_modules/${name}` : `node_modules/${name}`]) return true;
    if (!at) return false;
  }
}

function parentOf(place) {
  const end = place.lastIndexOf("/node_modules/");
  return end < 0 ? "" : place.slice(0, end);
}

/** `@next/swc-linux-arm64-musl` → linux, arm64, musl. */
function platformOf(name) {
  const words = name.split(/[/_-]/).map((word) => (word === "windows" ? "win32" : word));
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith("musl")) ? "musl" : undefined;
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) };
}
