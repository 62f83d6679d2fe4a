// A million records folded into the evidence for one threshold: plain ones (precomputed increments), weighted ones, and
// plain ones with the certificate read after each. One JSON line a figure: milliseconds of the median round. A fold must
// give the same bits every round. `--quick` takes a tenth of the records.
import { addEvidence, certificateBets, logE, newWealth } from "@/lib/stats/certificate";

const records = process.argv.includes("--quick") ? 100_000 : 1_000_000;
const rounds = 7;
/** Milliseconds a million plain records may take. */
const bar = 100;

const bets = certificateBets(0.02);
const plain = measure("plain", (logw) => fold(logw, 1));
measure("weighted", (logw) => fold(logw, 0.05));
measure("plain_read_each", (logw) => {
  for (let i = 0; i < records; i += 1) {
    addEvidence(logw, bets, recordOf(i, 1));
    logE(logw);
  }
});
process.exitCode = (plain * 1_000_000) / records > bar ? 1 : 0;

function fold(logw: number[], omega: number): void {
  for (let i = 0; i < records; i += 1) addEvidence(logw, bets, recordOf(i, omega));
}

/** One in a hundred is wrong. */
function recordOf(i: number, omega: number): { omega: number; loss: number } {
  return { omega, loss: i % 100 === 0 ? 1 : 0 };
}

function measure(figure: string, run: (logw: number[]) => void): number {
  const times: number[] = [];
  const ends = new Set<string>();
  for (let round = -2; round < rounds; round += 1) {
    const logw = newWealth();
    const at = performance.now();
    run(logw);
    if (round >= 0) times.push(performance.now() - at);
    ends.add(logw.join());
  }
  const ms = times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
  const line = {
    bench: "certificate",
    figure,
    records,
    ms: Math.round(ms * 10) / 10,
    same_bits: ends.size === 1,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  return ms;
}
