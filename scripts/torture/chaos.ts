import { setTimeout as sleep } from "node:timers/promises";
import { crashPoints, type CrashPoint } from "@/lib/server/crash-point";
import type { Clients, Tickets } from "./clients";
import { times } from "./faults";
import { killDatabase, type Place, type Program } from "./programs";
import { randomFor } from "./random.mjs";
import { sendersOf } from "./standing";

/** How often each thing happens in a run. */
export type Doses = {
  decisions: number;
  workerKills: number;
  pauses: number;
  apiKills: number;
  databaseKills: number;
  /** Times a program ends at each crash point; those that are armed count among the kills too. */
  perCrashPoint: number;
};

export const fullDoses: Omit<Doses, "decisions"> = {
  workerKills: 250,
  pauses: 25,
  apiKills: 25,
  databaseKills: 8,
  perCrashPoint: 20,
};
export const quickDoses: Omit<Doses, "decisions"> = {
  workerKills: 30,
  pauses: 4,
  apiKills: 4,
  databaseKills: 1,
  perCrashPoint: 3,
};

const isOfApi = (point: CrashPoint) => point.startsWith("intake.");
const workerPoints = crashPoints.filter((point) => !isOfApi(point));
const apiPoints = crashPoints.filter(isOfApi);

type Blow = { kind: "worker" | "api"; arm: string | null } | { kind: "pause" } | { kind: "database" };

/** What befalls the programs, in order: the seed's own shuffle of the doses. */
export function blowsOf(seed: number, doses: Doses): Blow[] {
  const draw = randomFor(seed, "blows");
  const armed = (points: readonly CrashPoint[], kind: "worker" | "api", kills: number): Blow[] => {
    const arms = points.flatMap((point) =>
      Array.from({ length: doses.perCrashPoint }, () => `${point}@${1 + Math.floor(draw() * 3)}`),
    );
    return Array.from({ length: Math.max(kills, arms.length) }, (_, at) => ({ kind, arm: arms[at] ?? null }));
  };
  const blows: Blow[] = [
    ...armed(workerPoints, "worker", doses.workerKills),
    ...armed(apiPoints, "api", doses.apiKills),
    ...Array.from({ length: doses.pauses }, (): Blow => ({ kind: "pause" })),
    ...Array.from({ length: doses.databaseKills }, (): Blow => ({ kind: "database" })),
  ];
  return blows
    .map((blow) => ({ blow, at: draw() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ blow }) => blow);
}

export type Stage = {
  place: Place;
  workers: Program[];
  api: Program;
  clients: Clients;
  tickets: Tickets;
};

/** The share of the decisions that comes after the last blow: what is armed by then still has to come to its point. */
const lastShare = 0.1;

/** Deals the blows, and with each of them releases its share of the decisions, so that both last equally long. */
export async function dealBlows(seed: number, doses: Doses, stage: Stage): Promise<void> {
  const draw = randomFor(seed, "chaos");
  const blows = blowsOf(seed, doses);
  const pausing: Promise<void>[] = [];
  for (const [at, blow] of blows.entries()) {
    stage.tickets.release(((at + 1) / blows.length) * doses.decisions * (1 - lastShare));
    await until(() => stage.clients.acknowledged >= stage.tickets.released - 12, 20_000);
    await sleep(20 + draw() * 250);
    if (blow.kind === "database") await killDatabase(stage.place, draw() * 1000);
    else if (blow.kind === "api") await strike(stage.api, blow.arm);
    else if (blow.kind === "worker") await strike(await aWorker(stage, draw), blow.arm);
    else pausing.push((await aSender(stage, draw)).pause(times.lease + 300 + draw() * 1200));
  }
  stage.tickets.release(doses.decisions);
  await Promise.all(pausing);
}

/** One that runs and is not about to end by itself, if there is one soon. */
async function aWorker({ workers }: Stage, draw: () => number): Promise<Program> {
  const free = () => workers.filter((worker) => worker.ready && worker.armed === null);
  await until(() => free().length > 0, 10_000);
  const candidates = free().length > 0 ? free() : workers.filter((worker) => !worker.isStopped);
  const chosen = candidates[Math.floor(draw() * candidates.length)] ?? workers[0];
  if (!chosen) throw new Error("there is no worker");
  return chosen;
}

/** A worker with a request under way, if one is seen soon: held still, it brings its result back too late. */
async function aSender(stage: Stage, draw: () => number): Promise<Program> {
  const deadline = Date.now() + 3000;
  while (Date.now() < deadline) {
    const senders = await sendersOf(stage.place.database.url);
    const found = stage.workers.find(({ ready, pid }) => ready && pid !== undefined && senders.has(pid));
    if (found) return found;
    await sleep(5);
  }
  return aWorker(stage, draw);
}

/** Kills it once it is not about to end by itself. */
async function strike(program: Program, arm: string | null): Promise<void> {
  await until(() => program.armed === null, 20_000);
  await until(() => program.ready, 10_000);
  await program.kill(arm);
}

/** Waits for what is still armed to end by itself; what never comes to its point is disarmed. Answers how many. */
export async function disarm(programs: Program[]): Promise<number> {
  await until(() => programs.every((program) => program.armed === null), 20_000);
  const left = programs.filter((program) => program.armed !== null);
  for (const program of left) await program.kill();
  await Promise.all(programs.map((program) => program.untilReady()));
  return left.length;
}

async function until(holds: () => boolean, ms: number): Promise<void> {
  const deadline = Date.now() + ms;
  while (!holds() && Date.now() < deadline) await sleep(10);
}
