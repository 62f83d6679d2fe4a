// One worker: carries out what was approved, and keeps the timers. Any number may run against one database.
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { closeDatabase, database } from "@/db/client";
import { closeConnectors } from "@/lib/execution/server/connectors/connector-of";
import { keepIdClock } from "@/lib/server/id-clock";
import { log } from "@/lib/server/log";
import { workerLoops } from "@/lib/worker/loops";
import { runWorker } from "@/lib/worker/run-worker";

await keepIdClock(database());
const workerId = `worker:${hostname()}:${process.pid}:${randomBytes(3).toString("hex")}`;
const worker = runWorker(
  workerLoops(database(), {
    workerId,
    capacity: Number(process.env.COUNTERSIGN_WORKER_CAPACITY ?? 128),
    leaseMs: Number(process.env.COUNTERSIGN_WORKER_LEASE_MS ?? 30_000),
  }),
);
log.info({ worker: workerId }, "worker started");
process.send?.({ ready: true });

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  // What is still out when the lease is over becomes unknown by itself: waiting longer would help nobody.
  setTimeout(() => process.exit(0), 10_000).unref();
  await worker.stop();
  await closeConnectors();
  await closeDatabase();
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
process.on("disconnect", () => void stop());
