import fc from "fast-check";
import { afterAll } from "vitest";

// One seed for every run, so that a test that fails here fails everywhere; FAST_CHECK_SEED tries another.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_122) });

// Files of one worker share its environment: what one of them set is gone before the next.
process.env.COUNTERSIGN_SESSION_SECRET ??= "a session secret for tests, 32 bytes and more";
process.env.COUNTERSIGN_KEY_PEPPER ??= "a key pepper for tests only, 32 bytes and more";
const environment = { ...process.env };
afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});
