import path from "node:path";
import { readJson } from "./files.mjs";
import { step } from "./progress.mjs";
import { run } from "./run.mjs";
import { npmCli, root } from "./runtime.mjs";
import { isFresh, lockKey, stamp } from "./stamps.mjs";

const modules = path.join(root, "node_modules");

/** Installs what the lock says, unless it is there. npm empties node_modules first, and the stamp with it. */
export async function installPackages() {
  const key = lockKey(root);
  if (isFresh(modules, key)) return;
  if (!matchesLock()) {
    await step("Installing packages (once, a minute or less)", () =>
      run(
        process.execPath,
        [npmCli(), "ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"],
        {
          cwd: root,
          env: cleanEnvironment(),
          log: path.join(root, ".runtime", "install.log"),
          advice: "Check the connection to the npm registry and the free disk space, then start again.",
        },
      ),
    );
  }
  stamp(modules, key);
}

/** NODE_ENV=production would leave out what builds the project. */
function cleanEnvironment() {
  const env = { ...process.env };
  delete env.NODE_ENV;
  delete env.npm_config_omit;
  delete env.npm_config_production;
  return env;
}

/**
 * Whether npm's own note of what it installed says the same as the lock: someone ran npm by hand. npm writes the
 * note last, so a broken-off installation has none.
 */
function matchesLock() {
  const installed = readJson(path.join(modules, ".package-lock.json"));
  const locked = readJson(path.join(root, "package-lock.json"));
  if (!installed || !locked) return false;
  return Object.entries(locked.packages).every(([name, wanted]) => {
    if (name === "" || wanted.optional || wanted.peer) return true;
    const found = installed.packages[name];
    return found !== undefined && found.version === wanted.version;
  });
}
