// Brings every stored secret under the current encryption key and says how many; while everything runs.
import { closeDatabase, database } from "@/db/client";
import { rotateSecrets } from "@/lib/apps/server/rotate-secrets";
import { listOrgIds, systemContext } from "@/lib/identity/server/system-context";

const db = database();
let unreadable = 0;
for (const orgId of await listOrgIds(db)) {
  for (const done of await rotateSecrets(systemContext(db, orgId, "rotate-secrets"))) {
    const figures = `${done.rewrapped} brought under the current key, ${done.current} under it already`;
    process.stdout.write(`${done.column}: ${figures}\n`);
    for (const id of done.unreadable)
      process.stderr.write(`${done.column} of ${id}: opens with no key given\n`);
    unreadable += done.unreadable.length;
  }
}
await closeDatabase();
if (unreadable > 0) {
  process.stderr.write("Keep the previous keys, or enter these secrets again; the others are done.\n");
  process.exitCode = 1;
}
