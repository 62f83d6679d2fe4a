import { sql, type SQL } from "drizzle-orm";

/** A moment as RFC 3339 text: one format for both drivers. */
export function stamp(column: string): SQL {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}

/**
 * `user:<id>`, `key:<id>`, `router` … as a name people know: a person's or a key's own name, else the word after the
 * colon; null stays null.
 */
export function actorWords(actor: SQL): SQL {
  return sql`coalesce(
    (select u.name from users u where ${actor} like 'user:%' and u.id = substr(${actor}, 6)),
    (select k.name || ' (key)' from api_keys k where ${actor} like 'key:%' and k.id = substr(${actor}, 5)),
    case when ${actor} like 'system:%' then substr(${actor}, 8) else ${actor} end)`;
}
