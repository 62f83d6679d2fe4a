import { readMigrationFiles } from "drizzle-orm/migrator";
import { sql } from "drizzle-orm";
import { connect, type Database } from "./client";

/** Held for the length of a migration, so that two servers that start at once migrate once. */
export const migrationLock = 7_226_001;

/**
 * Brings a database to the newest schema: every migration not yet applied, in order, all in one transaction.
 * Returns how many were applied. Throws and changes nothing when one of them fails.
 */
export async function migrateDatabase(url: string, folder = "db/migrations"): Promise<number> {
  const connection = connect(url, { max: 1 });
  try {
    return await connection.db.transaction((tx) => applyPending(tx, folder));
  } finally {
    await connection.close();
  }
}

async function applyPending(tx: Database, folder: string): Promise<number> {
  // Another server that starts may be at it for longer than any request may wait.
  await tx.execute(sql`set local statement_timeout = 0`);
  await tx.execute(sql`set local lock_timeout = 0`);
  await tx.execute(sql`select pg_advisory_xact_lock(${migrationLock})`);
  await tx.execute(sql`set local lock_timeout = '60s'`);
  await tx.execute(sql`create table if not exists schema_migrations (
    hash text primary key, applied_at timestamptz not null default now())`);
  const result: unknown = await tx.execute(sql`select hash from schema_migrations`);
  const applied = new Set((result as { rows: { hash: string }[] }).rows.map((row) => row.hash));
  const pending = readMigrationFiles({ migrationsFolder: folder }).filter((file) => !applied.has(file.hash));
  for (const migration of pending) {
    for (const statement of migration.sql) await tx.execute(sql.raw(statement));
    await tx.execute(sql`insert into schema_migrations (hash) values (${migration.hash})`);
  }
  return pending.length;
}
