// Every agent as it is released, on its own cases and on the public sets where they are there: one JSON line a set.
import { loadMessages } from "@/demo/mail/messages";
import { injectionCases } from "@/lib/policies/moderation/cases/injection-cases";
import { piiCases } from "@/lib/policies/moderation/cases/pii-cases";
import { toxicityCases } from "@/lib/policies/moderation/cases/toxicity-cases";
import { entryOf, releasedAgent } from "@/lib/policies/moderation/catalogue";
import { inspect } from "@/lib/policies/moderation/inspect";
import {
  f1Of,
  measure,
  precisionOf,
  recallOf,
  type LabelledText,
  type Measured,
} from "@/lib/policies/moderation/measure";
import {
  cleanSet,
  injectionParts,
  injectionSet,
  markedTexts,
  measureSpans,
  presidioTypes,
  sharedSet,
} from "@/lib/policies/moderation/shared-sets-fixture";
import type { AgentKind } from "@/lib/policies/schema";

let isBelow = false;

const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

function say(
  kind: AgentKind,
  set: string,
  by: "text" | "span",
  counts: Measured,
  texts: readonly string[],
): void {
  const precision = precisionOf(counts);
  const recall = recallOf(counts);
  print({
    agent: kind,
    set,
    by,
    n: counts.n,
    tp: counts.tp,
    fp: counts.fp,
    fn: counts.fn,
    precision: rounded(precision),
    recall: rounded(recall),
    f1: rounded(f1Of(counts)),
    floor: entryOf(kind).floor,
    ...timesOf(kind, texts),
  });
}

function judge(kind: AgentKind, counts: Measured): void {
  const { floor } = entryOf(kind);
  if (!floor) return;
  isBelow ||= (precisionOf(counts) ?? 1) < floor.precision || (recallOf(counts) ?? 1) < floor.recall;
}

function timesOf(
  kind: AgentKind,
  texts: readonly string[],
): { ms_p50: number | null; ms_p95: number | null } {
  const agent = releasedAgent(kind);
  for (const text of texts.slice(0, 200)) inspect([agent], [{ at: "", text }]);
  const taken = texts
    .map((text) => {
      const began = performance.now();
      inspect([agent], [{ at: "", text }]);
      return performance.now() - began;
    })
    .toSorted((a, b) => a - b);
  const at = (share: number) => rounded(taken[Math.floor(taken.length * share)] ?? null);
  return { ms_p50: at(0.5), ms_p95: at(0.95) };
}

const rounded = (value: number | null) => (value === null ? null : Math.round(value * 10_000) / 10_000);
const textsIn = (set: readonly LabelledText[]) => set.map(({ text }) => text);

const own: readonly [AgentKind, readonly LabelledText[]][] = [
  ["pii", piiCases],
  ["prompt_injection", injectionCases],
  ["toxicity", toxicityCases],
];
for (const [kind, cases] of own) {
  const counts = measure(releasedAgent(kind), cases);
  say(kind, "own cases", "text", counts, textsIn(cases));
  judge(kind, counts);
}

const injections = sharedSet("prompt_injection.csv");
const marked = sharedSet("pii_presidio.jsonl");
const customers = sharedSet("banking77.csv");
if (injections === null || marked === null || customers === null) {
  print({ skipped: "the public sets are not here" });
} else {
  const whole = injectionSet(injections);
  const counts = measure(releasedAgent("prompt_injection"), whole);
  say("prompt_injection", "prompt_injection.csv", "text", counts, textsIn(whole));
  for (const [name, part] of Object.entries(injectionParts(injections))) {
    const counted = measure(releasedAgent("prompt_injection"), part);
    say("prompt_injection", `prompt_injection.csv, ${name}`, "text", counted, textsIn(part));
    if (name === "test") judge("prompt_injection", counted);
  }
  const texts = markedTexts(marked);
  const all = Object.values(presidioTypes);
  const spans = measureSpans(texts, all);
  const plain = texts.map(({ text }) => text);
  say("pii", "pii_presidio.jsonl", "span", spans, plain);
  judge("pii", spans);
  for (const category of all) {
    say("pii", `pii_presidio.jsonl, ${category}`, "span", measureSpans(texts, [category]), plain);
  }
  const clean = cleanSet(customers);
  for (const kind of ["prompt_injection", "toxicity"] as const) {
    say(kind, "banking77.csv (nothing to find)", "text", measure(releasedAgent(kind), clean), textsIn(clean));
  }
}

// Real mail of programmers: it quotes code, keys and commands, which is the hardest of what has nothing to find.
const { train, stream } = await loadMessages();
const mails = [...train, ...stream].filter(({ isSpam }) => !isSpam);
const letters = mails.map(({ subject, text }) => ({ text: `${subject}\n${text}`, label: false }));
say(
  "prompt_injection",
  "the demo's e-mails that are no spam (nothing to find)",
  "text",
  measure(releasedAgent("prompt_injection"), letters),
  textsIn(letters),
);
print({ verdict: isBelow ? "an agent is below its floor" : "every agent keeps its floor" });
process.exitCode = isBelow ? 1 : 0;
