/** Prefixes of every id in the system; an id says what it names. */
export const idPrefixes = {
  org: "org",
  user: "usr",
  invitation: "inv",
  apiKey: "key",
  app: "app",
  connector: "con",
  action: "act",
  decisionType: "typ",
  decision: "dec",
  queue: "que",
  review: "rev",
  execution: "exe",
  attempt: "att",
  audit: "aud",
  feedback: "fbk",
  outcome: "out",
  label: "lab",
  budget: "bud",
  certification: "cer",
  reconciliation: "rcn",
  approvalRule: "apr",
  approval: "apv",
  delegation: "del",
  note: "not",
  savedView: "viw",
  measure: "mea",
  goldItem: "gld",
  judgement: "jud",
  plan: "pln",
  rubric: "rub",
  notification: "ntf",
  channel: "cha",
  delivery: "dlv",
  appeal: "apl",
  file: "fil",
  export: "exp",
  contract: "ctr",
  epoch: "epo",
  contractChange: "chg",
  proposal: "prp",
  autonomyRaise: "rai",
  calibrationMap: "cal",
  replay: "rpl",
  policy: "pol",
  policyVersion: "pov",
  divergence: "dvg",
  moderationAgent: "mag",
  model: "mdl",
  artifact: "art",
  prompt: "pmt",
  promptVersion: "pmv",
  run: "run",
  feedbackImport: "imp",
  feedbackLink: "fbl",
  discrepancy: "dis",
  issue: "iss",
  evaluator: "evl",
  evaluatorVersion: "evv",
  evaluatorRule: "evr",
  score: "sco",
  dataset: "dst",
  datasetVersion: "dsv",
  datasetItem: "dsi",
  experiment: "xpm",
  candidate: "cnd",
  monitor: "mon",
  incident: "inc",
  driftCheck: "drf",
  learningExport: "lex",
  fineTune: "ftn",
  training: "trn",
  request: "req",
} as const;
export type IdKind = keyof typeof idPrefixes;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford base 32, lower case: sorts as bytes

let lastTime = 0;
let counter = 0;

function base32(value: number, width: number): string {
  let out = "";
  let rest = value;
  for (let i = 0; i < width; i++) {
    out = alphabet.charAt(rest % 32) + out;
    rest = Math.floor(rest / 32);
  }
  return out;
}

// Random bytes are drawn from the system in blocks: one draw an id would cost more than the rest of it.
const pool = new Uint8Array(8192);
let used = pool.length;
function randomChars(count: number): string {
  if (used + count > pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let out = "";
  for (let i = 0; i < count; i++) out += alphabet.charAt((pool[used + i] ?? 0) & 31);
  used += count;
  return out;
}

// On the process: what is bundled beside other code in one process has a copy of this file.
const shared = globalThis as { countersignIdClockAheadMs?: number };

/** From now on ids are made by a clock that is so many milliseconds ahead of this machine's. */
export function setIdClock(aheadMs: number): void {
  shared.countersignIdClockAheadMs = aheadMs;
}

/** A moment of this machine's clock, in milliseconds, by the clock that ids are made by: the database's. */
export function idClock(ms: number): number {
  return ms + (shared.countersignIdClockAheadMs ?? 0);
}

/**
 * A new prefixed id whose text order is its order of making in this process (48-bit milliseconds, 20-bit counter,
 * 60 random bits): `dec_` + 26 characters. Never a secret.
 */
export function newId(kind: IdKind): string {
  const time = idClock(Date.now());
  if (time > lastTime) {
    lastTime = time;
    counter = 0;
  } else {
    counter += 1;
    if (counter >= 2 ** 20) {
      lastTime += 1;
      counter = 0;
    }
  }
  return `${idPrefixes[kind]}_${base32(lastTime, 10)}${base32(counter, 4)}${randomChars(12)}`;
}

/** What ids of a kind made at `atMs` (Unix milliseconds) or later do not sort before. */
export function firstIdOf(kind: IdKind, atMs: number): string {
  return `${idPrefixes[kind]}_${base32(Math.max(0, atMs), 10)}`;
}
