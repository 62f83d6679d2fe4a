import fc from "fast-check";
import { afterAll } from "vitest";
import { rememberEnvironment } from "./environment";

// One seed for every run, so that a test that fails here fails everywhere; FAST_CHECK_SEED tries another.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_122) });

process.env.COUNTERSIGN_SESSION_SECRET ??= "a session secret for tests, 32 bytes and more";
process.env.COUNTERSIGN_KEY_PEPPER ??= "a key pepper for tests only, 32 bytes and more";
// Files of one worker share its environment: what one of them set is gone before the next.
afterAll(rememberEnvironment());
