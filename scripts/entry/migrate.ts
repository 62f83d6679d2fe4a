// Brings the database at DATABASE_URL to the newest schema, then ends.
import { migrateDatabase } from "@/db/migrate";
import { unreachableSentence } from "@/db/unreachable";

// Neon's pooled address cannot hold what a migration needs; its direct one is given beside it.
const url = process.env.DATABASE_URL_UNPOOLED ?? process.env.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is not set");
try {
  const applied = await migrateDatabase(url);
  process.stdout.write(applied === 0 ? "The database is up to date.\n" : `Applied ${applied} migrations.\n`);
} catch (error) {
  const sentence = unreachableSentence(error, url);
  if (sentence === undefined) throw error;
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
