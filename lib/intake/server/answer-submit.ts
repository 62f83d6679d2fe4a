import { database } from "@/db/client";
import { Submission } from "@/lib/decisions/schema";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { waitForDecision } from "@/lib/decisions/server/wait-for-decision";
import { noteKeysUsed, parseKey, verifyKeys, type VerifiedKey } from "@/lib/identity/server/api-keys";
import { bearerOf, refusedKey } from "@/lib/identity/server/api-context";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { JsonValue } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { Batcher } from "@/lib/server/batcher";
import type { Context } from "@/lib/server/context";
import { json, problem, type Incoming, type Outgoing } from "@/lib/server/handle";
import { livemode } from "@/lib/server/origin";
import { parseWith } from "@/lib/server/parse";
import { bodyText, jsonLimits, parseJson, requireJsonBody } from "@/lib/server/read-json";
import { createdView, viewIsFinal } from "./decision-answer";
import { submitDecisions, type Outcome } from "./submit-decisions";
import type { Submitted } from "./submitted";

type Single = { key: string; idempotencyKey: string | null; submission: Submission };
type Answered = { verified: VerifiedKey; outcome: Outcome | null };

/** One queue a process: singles of every app share its flushes. */
const gathered = new Batcher<Single, Answered>(flush);

/**
 * Answers `POST /api/v1/decisions` at either door. The key is verified in the database at every flush, so that a
 * revoked one is refused from the next request on; a body that cannot be used is refused before it takes a place in
 * the queue, and only to a caller whose key is good.
 */
export async function answerSubmit(incoming: Incoming): Promise<Outgoing> {
  const requestId = newId("request");
  try {
    const key = presentedKey(incoming);
    const single = await readSingle(incoming, key);
    const { verified, outcome } = await gathered.submit(single);
    if (!verified.ok) throw refusedKey(verified.reason);
    if (outcome === null) throw new Error("a verified submission came back without an outcome");
    if (outcome.kind === "refused") throw outcome.error;
    const ctx: Context = {
      db: database(),
      orgId: verified.orgId,
      actor: verified.actor,
      now: new Date(),
      requestId,
    };
    const replayed: Record<string, string> =
      outcome.kind === "replayed" ? { "Idempotent-Replayed": "true" } : {};
    const view =
      outcome.kind === "created"
        ? createdView(outcome, livemode())
        : await getDecision(ctx, { params: { decision: outcome.decisionId } });
    const seconds = preferredWait(incoming.header("prefer"));
    const answer =
      seconds > 0 && !viewIsFinal(view)
        ? await waitForDecision(ctx, { params: { decision: view.id }, query: { timeout: seconds } })
        : view;
    return json(201, answer, {
      "Request-Id": requestId,
      Location: `/api/v1/decisions/${view.id}`,
      ...(seconds > 0 ? { "Preference-Applied": `wait=${seconds}` } : {}),
      ...replayed,
    });
  } catch (error) {
    return problem(error, requestId, incoming.url.pathname);
  }
}

/** The app key of a request, well-formed; throws `unauthenticated` otherwise. */
export function presentedKey(incoming: Pick<Incoming, "header">): string {
  const key = bearerOf(incoming.header("authorization"));
  if (key === undefined) {
    throw new DomainError("unauthenticated", "Send an app's key as Authorization: Bearer <key>.", {
      code: "unauthenticated",
    });
  }
  if (!parseKey(key)) throw refusedKey("malformed");
  return key;
}

async function readSingle(incoming: Incoming, key: string): Promise<Single> {
  try {
    requireJsonBody(incoming.header);
    const value = parseJson(bodyText(await incoming.body(), jsonLimits.bytes));
    return { key, idempotencyKey: idempotencyKeyOf(incoming), submission: parseWith(Submission, value) };
  } catch (error) {
    await requireGoodKey(key);
    throw error;
  }
}

/** Refuses a stranger before anything is said of the body. */
export async function requireGoodKey(key: string): Promise<Extract<VerifiedKey, { ok: true }>> {
  const verified = (await verifyKeys(database(), [key])).get(key);
  if (!verified?.ok) throw refusedKey(verified?.reason ?? "unknown");
  authorize(verified, "decisions.submit");
  return verified;
}

/** The Idempotency-Key header, or null; throws where it is not 1 to 255 printable ASCII characters. */
export function idempotencyKeyOf(incoming: Pick<Incoming, "header">): string | null {
  const key = incoming.header("idempotency-key");
  return key === null ? null : requireKeyText(key);
}

/**
 * A key as it may be kept. One that cannot be is refused, never left out: a retry without it would act twice. `pointer`
 * says where it stands in a body; empty for one in a header.
 */
export function requireKeyText(key: JsonValue, pointer = ""): string {
  if (typeof key === "string" && /^[\x21-\x7e][\x20-\x7e]{0,254}$/.test(key)) return key;
  const message = "must be 1 to 255 printable ASCII characters";
  const fix = "Send a UUID, or any other name that is only this decision's";
  throw new DomainError("invalid", `The idempotency key ${message}`, {
    code: "idempotency_key_invalid",
    errors: [{ pointer, code: "idempotency_key_invalid", message, fix }],
  });
}

/** Seconds of `Prefer: wait=N` (RFC 7240: in any case, quoted or not, spaces around the sign), at most 60; 0 without. */
export function preferredWait(prefer: string | null): number {
  const written = /(?:^|[,;\s])wait\s*=\s*("?)(\d{1,9})\1\s*(?:$|[,;])/i.exec(prefer ?? "");
  return Math.min(Number(written?.[2] ?? 0), 60);
}

async function flush(singles: Single[]): Promise<Answered[]> {
  const db = database();
  const keys = await verifyKeys(
    db,
    singles.map((single) => single.key),
  );
  const answers: Answered[] = singles.map(({ key }) => ({
    verified: keys.get(key) ?? { ok: false, reason: "unknown" },
    outcome: null,
  }));
  for (const orgId of new Set(answers.flatMap(({ verified }) => (verified.ok ? [verified.orgId] : [])))) {
    const places: number[] = [];
    const submitted: Submitted[] = [];
    answers.forEach(({ verified }, index) => {
      const single = singles[index];
      if (!single || !verified.ok || verified.orgId !== orgId) return;
      places.push(index);
      submitted.push({
        actor: verified.actor,
        livemode: livemode(),
        idempotencyKey: single.idempotencyKey,
        submission: single.submission,
      });
    });
    const ctx: Context = { db, orgId, actor: { kind: "system", id: "intake" }, now: new Date() };
    const outcomes = await submitDecisions(ctx, submitted);
    places.forEach((place, index) => {
      const answer = answers[place];
      if (answer) answer.outcome = outcomes[index] ?? null;
    });
  }
  const used = [...keys.values()].flatMap((key) => (key.ok ? [key.keyId] : []));
  noteKeysUsed(db, used).catch(() => undefined); // a note for people; the work is done
  return answers;
}
