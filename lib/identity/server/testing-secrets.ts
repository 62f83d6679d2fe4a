/** Secrets for tests; import it before anything that signs or hashes. */
process.env.COUNTERSIGN_SESSION_SECRET ??= "a session secret for tests, 32 bytes and more";
process.env.COUNTERSIGN_KEY_PEPPER ??= "a key pepper for tests only, 32 bytes and more";
