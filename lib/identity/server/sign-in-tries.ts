import { createHmac } from "node:crypto";
import { eq, inArray, lte, or, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { signInTries } from "@/db/schema";
import { secretOf } from "./secret";

/** How many tries are free, and the longest wait (seconds) between later ones. */
const limits = { account: { free: 5, longest: 900 }, address: { free: 50, longest: 900 } } as const;

/** A name for an account or address that says nothing about it. */
export function anonymous(text: string): string {
  return createHmac("sha256", secretOf("pepper")).update(`sign-in\n${text}`).digest("hex").slice(0, 32);
}

/**
 * Counts one try before it is looked at, so that many at once cannot slip through. Answers the seconds to wait when
 * it is refused, else 0. After the free ones each further try waits twice as long; nobody is locked out. An unknown
 * address (null) is not limited by itself.
 */
export async function countTry(db: Database, email: string, address: string | null): Promise<number> {
  const account = await countKey(db, accountKey(email, address), limits.account);
  if (account > 0 || address === null) return account;
  return countKey(db, addressKey(address), limits.address);
}

/**
 * Counts one use of something that nobody signs in for, by any name (`appeal 192.0.2.1`). Answers the seconds to wait
 * when it is refused, else 0: after the free ones each further use waits twice as long, up to `longest` seconds.
 */
export function countUse(
  db: Database,
  what: string,
  limit: { free: number; longest: number },
): Promise<number> {
  return countKey(db, anonymous(what), limit);
}

/**
 * Forgets the tries of an account from an address: the person proved who they are. The address gets this one try back
 * and no more: an office full of people signing in is not slowed, a guesser with one good account is.
 */
export async function forgetTries(db: Database, email: string, address: string | null): Promise<void> {
  await db.delete(signInTries).where(eq(signInTries.key, accountKey(email, address)));
  if (address === null) return;
  const tries = sql`greatest(${signInTries.tries} - 1, 0)`;
  await db
    .update(signInTries)
    .set({
      tries,
      waitUntil: sql`case when ${tries} >= ${limits.address.free} then ${signInTries.waitUntil} end`,
    })
    .where(eq(signInTries.key, addressKey(address)));
}

function addressKey(address: string): string {
  return anonymous(`address ${address}`);
}

function accountKey(email: string, address: string | null): string {
  return anonymous(`account ${email} ${address ?? "-"}`);
}

async function countKey(
  db: Database,
  key: string,
  { free, longest }: { free: number; longest: number },
): Promise<number> {
  const fresh = sql`${signInTries.lastAt} < clock_timestamp() - make_interval(secs => ${2 * longest}::int)`;
  const next = sql`case when ${fresh} then 1 else ${signInTries.tries} + 1 end`;
  const wait = sql`make_interval(secs => least(power(2, least((${next}) - ${free}, 20)), ${longest}::int))`;
  const counted = await db
    .insert(signInTries)
    .values({ key, tries: 1 })
    .onConflictDoUpdate({
      target: signInTries.key,
      set: {
        tries: next,
        lastAt: sql`clock_timestamp()`,
        waitUntil: sql`case when (${next}) >= ${free} then clock_timestamp() + ${wait} end`,
      },
      setWhere: or(isNull(signInTries.waitUntil), lte(signInTries.waitUntil, sql`clock_timestamp()`)),
    })
    .returning({ tries: signInTries.tries });
  return counted.length > 0 ? 0 : secondsLeft(db, key);
}

async function secondsLeft(db: Database, key: string): Promise<number> {
  const [row] = await db
    .select({
      left: sql<number>`ceil(extract(epoch from ${signInTries.waitUntil} - clock_timestamp()))::int`,
    })
    .from(signInTries)
    .where(inArray(signInTries.key, [key]));
  return Math.max(1, row?.left ?? 1);
}
