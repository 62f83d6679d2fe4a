import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stopPostgres } from "../lib/embedded-postgres.mjs";
import { isAlive } from "../lib/processes.mjs";
import { dealBlows, disarm, type Doses } from "./chaos";
import { breaksPromise, effectsOf, judge, type Figures } from "./check";
import { Clients, Tickets } from "./clients";
import { retryBlindly } from "./control";
import { makeDesks, type Desks } from "./desks";
import { journalFaultsOf } from "./journal";
import { readLog, type Effect, type Received, type Told } from "./ledger";
import { resolveByHand } from "./person";
import { plansOf } from "./plan";
import { logOf, makePlace, Program, startTarget, type Place } from "./programs";
import { miscountedOf, staleOf, standingOf, waitForCalm } from "./standing";

export type RunOptions = {
  seed: number;
  port: number;
  doses: Doses;
  /** The negative control: everything unanswered is sent again. */
  isControl: boolean;
};

export type Run = {
  seed: number;
  isControl: boolean;
  doses: Doses;
  figures: Map<string, Figures>;
  /** Executions that a person settled. */
  resolved: number;
  /** How often each crash point ended a program, and how many programs never came to theirs. */
  crashes: Record<string, number>;
  unreached: number;
  /** Programs that ended although nobody killed them. */
  endedAlone: string[];
  faults: Record<string, number>;
  /** From the last blow until nothing was open. */
  calmSeconds: number;
  seconds: number;
  /** The database, the logs and the ledgers of a run that broke a promise. */
  folder: string | null;
};

type Stage = {
  folder: string;
  place: Place;
  desks: Desks;
  workers: Program[];
  api: Program;
  base: string;
  clientsLog: string;
  ledger: string;
  close: () => Promise<void>;
};

const clientCount = 8;
const workerCount = 3;
const calmMs = 120_000;

/** One run: a database, fake systems, programs, clients, blows, the calm, a person, and the judgement. */
export async function torture(options: RunOptions): Promise<Run> {
  const began = Date.now();
  const stage = await open(options);
  let isKept = true;
  try {
    const programs = [...stage.workers, stage.api];
    await Promise.all(programs.map((program) => program.untilReady()));
    const { stuck, ...load } = await underLoad(stage, options);
    const { figures, ...end } = await conclude(stage, stuck);
    const endedAlone = programs.flatMap((program) => program.endedAlone);
    isKept = !options.isControl && (endedAlone.length > 0 || [...figures.values()].some(breaksPromise));
    const crashes = countsOf(
      programs.flatMap((program) => program.crashed.map((point) => point.replace(/@.*/, ""))),
    );
    return {
      seed: options.seed,
      isControl: options.isControl,
      doses: options.doses,
      figures,
      ...load,
      ...end,
      crashes,
      endedAlone,
      seconds: Math.round((Date.now() - began) / 1000),
      folder: isKept ? stage.folder : null,
    };
  } finally {
    await stage.close();
    if (!isKept) rmSync(stage.folder, { recursive: true, force: true });
  }
}

async function open({ seed, port }: RunOptions): Promise<Stage> {
  const folder = mkdtempSync(path.join(tmpdir(), "countersign-torture-"));
  const ledger = path.join(folder, "ledger.jsonl");
  const target = await startTarget(ledger, seed);
  const place = await makePlace(folder, port, target.host);
  const desks = await makeDesks(place.database.url, target.host, place.env.COUNTERSIGN_KEY_PEPPER ?? "");
  const workers = Array.from(
    { length: workerCount },
    (_, at) => new Program("dist/worker.mjs", place.env, logOf(folder, `worker-${at + 1}`)),
  );
  const api = new Program("dist/web.mjs", place.env, logOf(folder, "web"));
  // Whatever ends this process ends what it started: a program held still would not notice, nor would the database.
  const abandon = () => {
    for (const program of [...workers, api]) void program.end();
    if (isAlive(place.database.pid)) process.kill(place.database.pid, "SIGKILL");
  };
  process.once("exit", abandon);
  const close = async () => {
    process.off("exit", abandon);
    await Promise.all([...workers, api].map((program) => program.end()));
    target.close();
    await stopPostgres(folder);
  };
  const base = `http://127.0.0.1:${port}`;
  return {
    folder,
    place,
    desks,
    workers,
    api,
    base,
    ledger,
    clientsLog: path.join(folder, "clients.jsonl"),
    close,
  };
}

/** The decisions and the blows, until every client is done; under the control also until it is calm. */
async function underLoad(stage: Stage, { seed, doses, isControl }: RunOptions) {
  const { place, workers, api } = stage;
  const tickets = new Tickets(plansOf(seed, doses.decisions));
  const clients = new Clients(stage.base, stage.desks, stage.clientsLog);
  const working = clients.run(tickets, clientCount);
  let isOver = false;
  const control = isControl ? retryBlindly(place.database.url, () => isOver) : Promise.resolve();
  await Promise.all([dealBlows(seed, doses, { place, workers, api, clients, tickets }), working]);
  const unreached = await disarm([...workers, api]);
  const { stuck, seconds } = await waitForCalm(place.database.url, calmMs);
  isOver = true;
  await control;
  return { unreached, stuck, calmSeconds: seconds };
}

/** What a person does, and what the logs, the ledgers and the API say in the end. */
async function conclude({ base, desks, place, clientsLog, ledger }: Stage, stuck: Set<string>) {
  const { url } = place.database;
  const told = readLog<Told>(clientsLog);
  const before = await standingOf(base, desks, told, url);
  const effects = effectsOf(readLog<Effect | Received>(ledger));
  const resolved = await resolveByHand(base, desks, before, effects);
  const lines = readLog<Effect | Received>(ledger);
  const standings = await standingOf(base, desks, told, url);
  const stale = await staleOf(url);
  const miscounted = await miscountedOf(url);
  const unrecorded = await journalFaultsOf(url);
  const figures = judge({ told, ledger: lines, before, standings, stuck, stale, miscounted, unrecorded });
  const faults = countsOf(lines.flatMap((line) => (line.kind === "request" ? [line.fault] : [])));
  return { figures, resolved, faults };
}

function countsOf(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
