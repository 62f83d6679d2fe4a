import { toolFile } from "./tools.mjs";

/** Starts `next dev` after the gate; resolves once it answers. */
export async function startNextDev(programs, env, gate) {
  await gate;
  const args = [toolFile("next"), "dev", "--port", env.PORT, "--hostname", env.HOST];
  const development = { ...env, NODE_ENV: "development" };
  const isReady = () => answers(`http://${env.HOST}:${env.PORT}/api/health`);
  await programs.start("web", args, development, { isReady });
}

async function answers(url) {
  try {
    await fetch(url, { signal: AbortSignal.timeout(20_000) });
    return true;
  } catch {
    return false; // Not listening yet, or still compiling its first page.
  }
}
