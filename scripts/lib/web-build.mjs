import { createRequire } from "node:module";
import path from "node:path";
import { step } from "./progress.mjs";
import { run } from "./run.mjs";
import { root } from "./runtime.mjs";
import { isFresh, sourcesKey, stamp, unstamp } from "./stamps.mjs";

const output = path.join(root, ".next");

/** Builds the pages, unless their sources are as they were. */
export async function buildWeb() {
  const key = sourcesKey(root);
  if (isFresh(output, key)) return;
  unstamp(output);
  const next = createRequire(path.join(root, "package.json")).resolve("next/dist/bin/next");
  await step("Building the pages (a minute or less)", () =>
    run(process.execPath, [next, "build"], {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      log: path.join(root, ".runtime", "build.log"),
      advice: "Mend what it names above and start again.",
    }),
  );
  stamp(output, key);
}
