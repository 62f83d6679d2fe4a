import type { Database } from "@/db/client";

type During = (nth: number) => Promise<unknown> | undefined;

/**
 * The database, with something before and after each write of decisions (counted from 0), how many there were, and how many were
 * under way at most.
 */
export function watchWrites(db: Database, { before, after }: { before?: During; after?: During } = {}) {
  let [writes, underWay, most] = [0, 0, 0];
  const { session } = db._;
  const watching = new Proxy(session, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (name !== "prepareQuery" || typeof own !== "function") return own;
      return (query: { sql: string }, ...rest: unknown[]) => {
        const prepared = own.call(target, query, ...rest) as { execute: () => Promise<unknown> };
        if (!query.sql.includes("insert into decisions")) return prepared;
        const execute = async () => {
          most = Math.max(most, ++underWay);
          try {
            const nth = writes++;
            await before?.(nth);
            const rows = await prepared.execute();
            await after?.(nth);
            return rows;
          } finally {
            underWay -= 1;
          }
        };
        return { execute };
      };
    },
  });
  const seen = new Proxy(db, {
    get: (target, name) =>
      name === "_" ? { ...target._, session: watching } : (Reflect.get(target, name) as unknown),
  });
  return { db: seen, most: () => most, count: () => writes };
}
