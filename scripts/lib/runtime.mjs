// Parsed by old versions of Node, before the right one is there: no newer syntax than Node 14 knows.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout that these scripts belong to. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

const oldest = [22, 12];
const wanted = "24.21.0";
const home = path.join(root, ".runtime", `node-${wanted}-${process.platform}-${process.arch}`);
// Read once and taken out: what this process starts has another parent.
const isWrapped = Boolean(process.env.COUNTERSIGN_WRAPPED);
delete process.env.COUNTERSIGN_WRAPPED;
const isOldNpm = () => Number.parseInt(readVersion(givenNpm()), 10) < 9;

/**
 * Makes sure that this script runs on a Node the project supports. On an older one it fetches Node 24 through npm
 * into the project, runs the script again with it and never resolves.
 */
export async function ensureRuntime() {
  if (isNewEnough(process.versions.node)) {
    process.env.PATH = `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH || ""}`;
    return;
  }
  const node = fetchedNode() || fetchNode();
  runInstead(node);
  await new Promise(() => {}); // The other process does the work; this one only carries its signals and its end.
}

/** The npm that runs under this Node: the caller's own, else the one beside Node, else a fetched one. */
export function npmCli() {
  const fetched = path.join(home, "node_modules/npm/bin/npm-cli.js");
  return existsSync(fetched) ? fetched : givenNpm();
}

/**
 * Calls back when the process that started this one has ended. Killing npm does not kill what it runs. Started
 * straight from a shell, outliving that shell is what was meant.
 */
export function whenParentIsGone(stop) {
  if (!process.env.npm_lifecycle_event && !isWrapped) return;
  const family = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === family) return;
    clearInterval(timer);
    stop();
  }, 1000);
  timer.unref();
}

/** Our parent and, where npm put a shell between itself and us, the shell's parent. */
function ancestors() {
  const parent = process.ppid;
  return isWrapped ? String(parent) : `${parent} ${parentOf(parent)}`;
}

function parentOf(pid) {
  if (process.platform !== "linux") {
    return (spawnSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }).stdout || "").trim();
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
  } catch {
    return ""; // It has just ended, which the caller sees as a change.
  }
}

function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

function fetchedNode() {
  const platform = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const places = [`node_modules/${platform}/bin/node`, "node_modules/node/bin/node"];
  return places.map((place) => path.join(home, place)).find((file) => existsSync(file));
}

function fetchNode() {
  const started = Date.now();
  process.stdout.write(`This is Node ${process.versions.node}; fetching Node ${wanted} for the project ... `);
  const platform = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const failures = [];
  for (const name of [`${platform}@${wanted}`, "node@24"]) {
    const failure = install(name);
    const node = failure ? undefined : fetchedNode();
    if (node) {
      process.stdout.write(`${Math.round((Date.now() - started) / 1000)} s\n`);
      return node;
    }
    failures.push(`${name}: ${failure || "it holds no node"}`);
  }
  process.stderr.write(
    `\nIt could not be fetched.\n${failures.join("\n")}\nInstall Node ${oldest.join(".")} or newer yourself (https://nodejs.org), or check the connection to the npm registry.\n`,
  );
  process.exit(1);
  return undefined;
}

/** Into a draft folder first: an interrupted download must not look like a finished one. */
function install(name) {
  const draft = `${home}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const flags = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
  // The package named `node` puts its binary in place with a script of its own.
  if (name.indexOf("node@") !== 0) flags.push("--ignore-scripts");
  else flags.push("--ignore-scripts=false");
  const names = isOldNpm() ? [name, "npm@11"] : [name];
  const { status, stderr, error } = spawnSync(
    process.execPath,
    [givenNpm(), "install", "--prefix", draft, ...flags, ...names],
    { cwd: draft, encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] },
  );
  // Another start may have fetched it meanwhile, and runs from it.
  if (status === 0 && !fetchedNode()) {
    rmSync(home, { recursive: true, force: true });
    renameSync(draft, home);
  }
  rmSync(draft, { recursive: true, force: true });
  if (status === 0) return undefined;
  return String((error && error.message) || stderr).trim();
}

function givenNpm() {
  const given = process.env.npm_execpath || "";
  if (/npm-cli\.c?js$/.test(given) && existsSync(given)) return given;
  const prefix = path.join(path.dirname(process.execPath), "..");
  const places = ["lib/node_modules/npm/bin/npm-cli.js", "share/nodejs/npm/bin/npm-cli.js"];
  const beside = [prefix, "/usr", "/usr/local"].flatMap((base) =>
    places.map((place) => path.join(base, place)),
  );
  const found = beside.find((file) => existsSync(file));
  if (found) return found;
  process.stderr.write("npm was not found. Start with `npm start`, or install npm.\n");
  process.exit(1);
  return "";
}

function readVersion(cli) {
  return JSON.parse(readFileSync(path.join(path.dirname(cli), "..", "package.json"), "utf8")).version;
}

function runInstead(node) {
  const env = Object.assign({}, process.env, { COUNTERSIGN_WRAPPED: "1" });
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  whenParentIsGone(() => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(code === null ? (signal === "SIGINT" ? 130 : 143) : code));
  child.on("error", (error) => {
    process.stderr.write(`${node} could not be run: ${error.message}\nDelete ${home} and start again.\n`);
    process.exit(1);
  });
}
