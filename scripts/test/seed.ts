import fc from "fast-check";

// One seed for every run, so that a test that fails here fails everywhere; FAST_CHECK_SEED tries another.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_122) });
