import { setTimeout as wait } from "node:timers/promises";
import type { ActionConfig } from "@/lib/apps/action-config";
import { counted } from "@/lib/kernel/counted";
import type { ConnectorClass } from "@/lib/apps/schema";
import { atPointer, isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import type { CertificationCheck, CheckResult } from "../certification";
import type { Act, Answer, Classified, Connector, LookupAnswer, RenderedRequest } from "../connector";

/**
 * What a run is about: the door, and what to ask through it. Every request that could act goes through `whileCalling`,
 * which answers null, and calls nothing, while the target may not be called.
 */
export type Subject = {
  certificationId: string;
  door: Connector;
  /** What the connector claims; its door may know that it cannot be so. */
  claims: ConnectorClass;
  action: ActionConfig;
  arguments: JsonObject;
  badArguments: JsonObject | null;
  whileCalling: <T>(call: () => Promise<T>) => Promise<T | null>;
};

type Seen = Pick<CheckResult, "outcome" | "sentence"> & { request?: RenderedRequest; answer?: Answer };
type First = { act: Act; classified: Classified };

const longestLookMs = 60_000;
const lookEveryMs = 250;

/**
 * Asks a target to prove what its class claims, check by check; `report` is told of each as it is known. The act is
 * carried out once (twice where a class A target does not keep its word).
 */
export async function certify(
  subject: Subject,
  report: (result: CheckResult) => Promise<void>,
): Promise<void> {
  const tell = async (check: CertificationCheck, seen: Promise<Seen> | Seen) =>
    report(resultOf(subject, check, await Promise.resolve(seen).catch(broken)));
  const act = { actionKey: `${subject.certificationId}_1`, arguments: subject.arguments };
  let first: First | null = null;
  await tell(
    "accepts",
    accepts(subject, act).then(({ seen, classified }) => {
      if (seen.outcome === "passed" && classified) first = { act, classified };
      return seen;
    }),
  );
  await tell("dedupes", dedupes(subject, first));
  await tell("looks_up", looksUp(subject, first));
  await tell("finds_nothing", findsNothing(subject));
  await tell("refuses", refuses(subject));
  await tell("observes", observes(subject));
}

const passed = (sentence: string, more: Partial<Seen> = {}): Seen => ({
  outcome: "passed",
  sentence,
  ...more,
});
const failed = (sentence: string, more: Partial<Seen> = {}): Seen => ({
  outcome: "failed",
  sentence,
  ...more,
});
const skipped = (sentence: string): Seen => ({ outcome: "skipped", sentence });
const broken = (error: unknown): Seen => failed(error instanceof Error ? error.message : String(error));
const stopped = failed("Not asked: automation is stopped.");

async function ask({ door, whileCalling }: Subject, act: Act) {
  const request = door.prepare(act);
  const answer = await whileCalling(() => door.send(request, () => true));
  return answer && { request, answer, classified: door.classify(answer, { first: true }) };
}

async function accepts(subject: Subject, act: Act): Promise<{ seen: Seen; classified: Classified | null }> {
  const asked = await ask(subject, act);
  if (!asked) return { seen: stopped, classified: null };
  const { classified } = asked;
  const said = classified.reference === null ? "" : `, as ${classified.reference}`;
  if (classified.outcome === "succeeded") {
    return { seen: passed(`It acted${said}; its answer meets the success schema.`, asked), classified };
  }
  if (classified.outcome === "accepted") {
    return {
      seen: passed(`It accepted the message${said}; its report is not awaited here.`, asked),
      classified,
    };
  }
  return { seen: failed(classified.error ?? `It ended ${classified.outcome}.`, asked), classified: null };
}

async function dedupes(subject: Subject, first: First | null): Promise<Seen> {
  if (subject.claims === "A" && subject.door.class !== "A")
    return failed("The action sends our key nowhere, so its target cannot recognise a repeat.");
  if (subject.door.class === "B") return skipped("Class B does not claim it: look-ups take its place.");
  if (subject.door.class === "C") {
    return skipped(
      "Class C claims nothing, so there is nothing to prove: an unanswered call needs a person.",
    );
  }
  if (!first) return skipped("Not asked: the first call did not succeed.");
  const asked = await ask(subject, first.act);
  if (!asked) return stopped;
  const { classified } = asked;
  if (classified.outcome !== first.classified.outcome) {
    return failed(
      `The same key again was not answered as the first time: ${classified.error ?? classified.outcome}`,
      asked,
    );
  }
  const { reference } = first.classified;
  if (reference === null)
    return failed("Its answer has no reference: one effect cannot be told from two.", asked);
  if (classified.reference !== reference) {
    return failed(
      `It acted twice: ${reference}, then ${classified.reference ?? "nothing"}, for one key.`,
      asked,
    );
  }
  const count = subject.door.canLookUp ? effectsIn(await subject.door.lookup(first.act)) : null;
  if (count !== null && count > 1)
    return failed(`It acted ${count} times for one key, by its own look-up.`, asked);
  return passed(`The same key again was answered with the same effect, ${reference}.`, asked);
}

/** How many effects a look-up lists; null where it does not list them. */
function effectsIn({ lookedUp }: LookupAnswer): number | null {
  if (lookedUp.outcome === "absent") return 0;
  return lookedUp.outcome === "found" && Array.isArray(lookedUp.result) ? lookedUp.result.length : null;
}

async function looksUp({ door }: Subject, first: First | null): Promise<Seen> {
  if (!door.canLookUp) return withoutLookup(door);
  if (!first) return skipped("Not asked: the first call did not succeed.");
  const began = performance.now();
  const patience = Math.min(door.settleDelayMs, longestLookMs);
  for (;;) {
    const looked = await door.lookup(first.act);
    const { lookedUp } = looked;
    const tookMs = Math.round(performance.now() - began);
    if (lookedUp.outcome === "found") return foundAs(looked, first, tookMs);
    if (lookedUp.outcome === "ambiguous") return failed(lookedUp.error, looked);
    if (tookMs >= patience) {
      return failed(
        `It acted, and its look-up finds nothing after ${patience} ms: it would be sent again.`,
        looked,
      );
    }
    await wait(Math.min(lookEveryMs, patience - tookMs + 1));
  }
}

function withoutLookup(door: Connector): Seen {
  if (door.class !== "B") return skipped("The action names no look-up.");
  return failed("Class B claims a look-up, and the action names none.");
}

function foundAs(looked: LookupAnswer, { classified }: First, tookMs: number): Seen {
  const { lookedUp } = looked;
  const reference = lookedUp.outcome === "found" ? lookedUp.reference : null;
  if (classified.reference !== null && reference !== classified.reference) {
    return failed(
      `It acted as ${classified.reference}, and its look-up finds ${reference ?? "no reference"}.`,
      looked,
    );
  }
  return passed(
    `It found the effect${reference === null ? "" : `, ${reference}`}, ${tookMs} ms after the answer.`,
    looked,
  );
}

async function findsNothing(subject: Subject): Promise<Seen> {
  const { door, certificationId } = subject;
  if (!door.canLookUp) return withoutLookup(door);
  const looked = await door.lookup({ actionKey: `${certificationId}_fresh`, arguments: subject.arguments });
  switch (looked.lookedUp.outcome) {
    case "absent":
      return passed("A key that was never used finds nothing.", looked);
    case "found":
      return failed("It finds something for a key that was never used: that would be believed.", looked);
    case "ambiguous":
      return failed(looked.lookedUp.error, looked);
  }
}

async function refuses(subject: Subject): Promise<Seen> {
  const { badArguments, certificationId, door } = subject;
  if (!badArguments) return skipped("Give arguments that it must refuse, to prove it.");
  const act = { actionKey: `${certificationId}_bad`, arguments: badArguments };
  const asked = await ask(subject, act);
  if (!asked) return stopped;
  const { classified } = asked;
  if (classified.outcome === "succeeded" || classified.outcome === "accepted") {
    return failed("It did what it should have refused.", asked);
  }
  if (classified.outcome !== "refused") {
    return failed(`Not refused with a listed status: ${classified.error ?? classified.outcome}`, asked);
  }
  if (door.canLookUp && (await door.lookup(act)).lookedUp.outcome === "found") {
    return failed("It refused, and yet its look-up finds an effect.", asked);
  }
  return passed(classified.error ?? "It refused.", asked);
}

async function observes({ door, action, arguments: args, certificationId }: Subject): Promise<Seen> {
  const { observe } = action;
  if (!observe) return skipped("The action reads no state.");
  const { request, answer } = await door.read(observe.path, { actionKey: certificationId, arguments: args });
  if (answer.kind !== "response") return failed(answer.error, { request, answer });
  const { status, body } = answer;
  if (status !== 200 || body === undefined) {
    return failed(`Reading its state was answered ${status}, without JSON in it.`, { request, answer });
  }
  const absent = observe.pointers.filter((pointer) => atPointer(body, pointer) === undefined);
  if (absent.length > 0) return failed(`Its state has nothing at ${absent.join(", ")}.`, { request, answer });
  return passed(`Its state reads as ${shown(body, observe.pointers)}.`, { request, answer });
}

function shown(body: JsonValue, pointers: readonly string[]): string {
  if (pointers.length === 0)
    return isJsonObject(body) ? counted(Object.keys(body).length, "member") : "a value";
  const values = pointers.map((pointer) => `${pointer}: ${JSON.stringify(atPointer(body, pointer))}`);
  return values.join(", ").slice(0, 300);
}

const longestBody = 4000;

function resultOf({ door }: Subject, check: CertificationCheck, seen: Seen): CheckResult {
  const { answer } = seen;
  const isAnswered = answer?.kind === "response";
  return {
    check,
    outcome: seen.outcome,
    sentence: seen.sentence,
    request: seen.request ? door.mask(seen.request) : null,
    response_status: isAnswered ? answer.status : null,
    response_body: isAnswered ? answer.text.slice(0, longestBody) : null,
  };
}
