import { createHmac } from "node:crypto";
import { sql, type SQL } from "drizzle-orm";

const blockBytes = 64;

/**
 * The key of one plan's coin: HMAC-SHA256(audit secret, plan id). The database is given this key, never the secret, so
 * whoever reads its statements learns nothing of any other draw.
 */
export function planKey(planId: string, secret = process.env.COUNTERSIGN_AUDIT_SECRET): Buffer {
  if (!secret) throw new Error("COUNTERSIGN_AUDIT_SECRET is not set: audits cannot be drawn");
  return createHmac("sha256", secret).update(`plan:${planId}`).digest();
}

/** Uniform in [0, 1): HMAC-SHA256(plan's key, decision id), its first 48 bits. */
export function coinOf(key: Buffer, decisionId: string): number {
  return createHmac("sha256", key).update(decisionId).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** The same of a column, in SQL: PostgreSQL has sha256, and HMAC is two of them (RFC 2104). */
export function coinSql(key: Buffer, column: SQL): SQL {
  const padded = Buffer.alloc(blockBytes);
  key.copy(padded);
  const pad = (byte: number) =>
    sql`decode(${Buffer.from(padded.map((each) => each ^ byte)).toString("hex")}, 'hex')`;
  const mac = sql`sha256(${pad(0x5c)} || sha256(${pad(0x36)} || convert_to(${column}, 'UTF8')))`;
  return sql`(('x' || encode(substring(${mac} from 1 for 6), 'hex'))::bit(48)::bigint::float8 / ${2 ** 48}::float8)`;
}
