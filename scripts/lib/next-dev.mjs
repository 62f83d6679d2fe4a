import { toolFile } from "./tools.mjs";

/** Starts `next dev`; resolves once it answers. */
export async function startNextDev(programs, env) {
  const args = [toolFile("next"), "dev", "--port", env.PORT, "--hostname", env.HOST];
  const development = { ...env, NODE_ENV: "development" };
  await programs.start("web", args, development, () => answers(`http://${env.HOST}:${env.PORT}/api/health`));
}

async function answers(url) {
  try {
    await fetch(url, { signal: AbortSignal.timeout(20_000) });
    return true;
  } catch {
    return false; // Not listening yet, or still compiling its first page.
  }
}
