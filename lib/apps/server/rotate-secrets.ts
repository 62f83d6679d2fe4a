import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { rewrapSecret, type SecretPlace } from "@/lib/server/secrets";

/** Of one sealed column: how many were brought under the current key, were under it already, do not open. */
export type RotatedColumn = {
  column: string;
  rewrapped: number;
  current: number;
  /** The rows whose secret opens with no key we have; they are left as they are. */
  unreadable: string[];
};

// Every column that holds a sealed secret; a test compares it with the schema.
const sealedColumns = [
  { table: "connectors", column: "secret" },
  { table: "connectors", column: "callback_secret" },
  { table: "notification_channels", column: "secret" },
  { table: "moderation_agents", column: "secret" },
  { table: "monitors", column: "webhook_secret" },
  { table: "models", column: "secret" },
  { table: "evaluator_versions", column: "secret" },
] as const;
type Sealed = (typeof sealedColumns)[number];

/**
 * Brings every sealed secret of an organisation under the current key, a few rows a transaction, while everything goes
 * on: a secret that somebody changes meanwhile is sealed with the current key anyway. Run again after a
 * crash it goes on with what is left.
 */
export async function rotateSecrets(ctx: Context, input: { batch?: number } = {}): Promise<RotatedColumn[]> {
  authorize(ctx, "system.run");
  const report: RotatedColumn[] = [];
  for (const sealed of sealedColumns) {
    const column = `${sealed.table}.${sealed.column}`;
    const done: RotatedColumn = { column, rewrapped: 0, current: 0, unreadable: [] };
    let after: string | null = "";
    while (after !== null) after = await rotateBatch(ctx, sealed, after, input.batch ?? 50, done);
    report.push(done);
  }
  return report;
}

/** One transaction's rows after the id `after`; answers the last one's id, or null when there are no more. */
async function rotateBatch(
  ctx: Context,
  { table, column }: Sealed,
  after: string,
  batch: number,
  done: RotatedColumn,
): Promise<string | null> {
  const [from, field] = [sql.identifier(table), sql.identifier(column)];
  return inTransaction(ctx, async (ctx) => {
    const rows = await rowsOf<{ id: string; sealed: string }>(
      ctx.db,
      sql`select id, ${field} as sealed from ${from} where org_id = ${ctx.orgId} and id > ${after} and ${field} is not null
        order by id limit ${batch}`,
    );
    const anew = rows.flatMap(({ id, sealed }) => {
      const envelope = wrappedAnew(sealed, { table, column, rowId: id }, done);
      return envelope === null ? [] : { id, sealed, envelope };
    });
    // By compare-and-set: what somebody entered in between stays.
    const moved = await rowsOf(
      ctx.db,
      sql`update ${from} c set ${field} = a.envelope
        from jsonb_to_recordset(${JSON.stringify(anew)}::jsonb) as a(id text, sealed text, envelope text)
        where c.id = a.id and c.${field} = a.sealed and c.org_id = ${ctx.orgId} returning c.id`,
    );
    const rewrapped = moved.length;
    done.rewrapped += rewrapped;
    if (rewrapped > 0) await record(ctx, "secrets.rotated", ctx.orgId, { column: done.column, rewrapped });
    return rows.at(-1)?.id ?? null;
  });
}

function wrappedAnew(sealed: string, place: SecretPlace, done: RotatedColumn): string | null {
  try {
    const anew = rewrapSecret(sealed, place);
    if (anew === null) done.current += 1;
    return anew;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "secret_unreadable") throw error;
    done.unreadable.push(place.rowId);
    return null;
  }
}
