// `npm run demo:loop`: mail guard's error on messages nobody showed it, before and after one round of learning from what
// people said in the product, on three seeds; `--quick` on one. It fails where the error does not fall.
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { connect } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { startPostgres, stopPostgres } from "../lib/embedded-postgres.mjs";
import { textTable } from "../torture/table";
import { learnOnce, type Round } from "./round";
import type { Share } from "@/lib/learning/compare";

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, seeds: { type: "string", default: "1,2,3" } },
});
const seeds = values.seeds
  .split(",")
  .map(Number)
  .slice(0, values.quick ? 1 : undefined);
if (seeds.length === 0 || !seeds.every(Number.isInteger))
  throw new Error("--seeds wants whole numbers: 1,2,3");

// Of a database that is gone afterwards.
for (const name of ["COUNTERSIGN_AUDIT_SECRET", "COUNTERSIGN_KEY_PEPPER"])
  process.env[name] = randomBytes(32).toString("hex");
const head = ["seed", "submitted", "reviewed", "audited", "n", "before", "after", "falls by", "95% interval"];

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
const points = (share: number) => (share * 100).toFixed(1);
const intervalOf = ({ low, high }: Share) => `${points(low)} to ${points(high)}`;

const dataDir = mkdtempSync(path.join(tmpdir(), "countersign-loop-"));
chmodSync(dataDir, 0o711); // Under root the server runs as another user, who passes through it.
try {
  process.exitCode = (await runAll()) ? 0 : 1;
} finally {
  await stopPostgres(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
}

async function runAll(): Promise<boolean> {
  const { url } = await startPostgres({ dataDir, password: randomBytes(12).toString("hex") });
  await migrateDatabase(url);
  const { db, close } = connect(url);
  const rounds: Round[] = [];
  try {
    for (const seed of seeds) rounds.push(await learnOnce(db, seed, { submitted: 800, heldOut: 2000 }));
  } finally {
    await close();
  }
  process.stdout.write(`${textTable([head, ...rounds.map(cellsOf)])}\n\n`);
  const falls = rounds.filter(({ heldOut }) => heldOut.difference.low > 0).length;
  process.stdout.write(
    `Wrong on messages never submitted, from senders never seen. The error falls on ${falls} of ${rounds.length} seeds (its 95% interval lies above 0).\n`,
  );
  return falls === rounds.length;
}

function cellsOf({ seed, submitted, reviewed, audited, heldOut }: Round): string[] {
  const { n, baseline, candidate, difference } = heldOut;
  return [
    ...[seed, submitted, reviewed, audited, n].map(String),
    percent(baseline.value),
    percent(candidate.value),
    points(difference.value),
    intervalOf(difference),
  ];
}
