// Seeds the demo (`npm start` without DATABASE_URL), or brings its addresses up to date.
import { closeDatabase, database } from "@/db/client";
import { seedDemo } from "@/demo/seed";
import { origin } from "@/lib/server/origin";

const seeded = await seedDemo(database(), {
  dataDir: process.env.COUNTERSIGN_DATA_DIR ?? "data",
  url: origin(),
  billingUrl: process.env.BILLING_URL ?? "",
  billingApiKey: process.env.BILLING_API_KEY ?? "",
  mailboxUrl: process.env.MAILBOX_URL ?? "",
  mailboxApiKey: process.env.MAILBOX_API_KEY ?? "",
});
if (seeded) process.stdout.write("Made the demo: two apps, four people.\n");
await closeDatabase();
