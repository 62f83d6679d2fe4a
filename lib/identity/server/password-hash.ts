import { hash, verify } from "@node-rs/argon2";

// OWASP's first choice for argon2id, which is the library's default algorithm.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The argon2id hash of a password, with its own salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), cost);
}

let decoy: Promise<string> | undefined;

/**
 * True when the password is the one that was hashed. Without a hash (an unknown person, one without a password) it
 * takes the same time and is false.
 */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword("a password that nobody has");
  const matches = await verify(stored ?? (await decoy), password.normalize("NFKC"));
  return matches && Boolean(stored);
}
