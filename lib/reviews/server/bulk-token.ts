import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { secretOf } from "@/lib/identity/server/secret";
import { DomainError } from "@/lib/kernel/errors";
import { BulkRuling } from "../bulk";

/** What a preview promised: exactly these reviews at these versions, this ruling, this person, until then. */
const Promised = z.strictObject({
  org: z.string(),
  person: z.string(),
  /** Milliseconds since 1970, by the database's clock. */
  until: z.int(),
  ruling: BulkRuling,
  reviews: z.array(z.tuple([z.string(), z.int()])),
});
export type Promised = z.output<typeof Promised>;

/** Signs a promise: base64url of its JSON, a dot, and the HMAC of that. */
export function signPromise(promised: Promised): string {
  const body = Buffer.from(JSON.stringify(promised)).toString("base64url");
  return `${body}.${signature(body)}`;
}

/**
 * The promise in a token that we signed for this person. Throws `preview_not_yours` for anything else, and
 * `preview_expired` once its time is over.
 */
export function readPromise(
  token: string,
  { org, person, now }: { org: string; person: string; now: number },
) {
  const promised = verified(token);
  if (!promised || promised.org !== org || promised.person !== person) {
    throw new DomainError("forbidden", "This is no preview of yours; make one and apply it yourself", {
      code: "preview_not_yours",
    });
  }
  if (promised.until <= now) {
    throw new DomainError("gone", "This preview is older than ten minutes; look again before you rule", {
      code: "preview_expired",
    });
  }
  return promised;
}

function verified(token: string): Promised | undefined {
  const [body, given, extra] = token.split(".");
  if (!body || !given || extra !== undefined) return undefined;
  const [expected, presented] = [Buffer.from(signature(body)), Buffer.from(given)];
  if (expected.length !== presented.length || !timingSafeEqual(expected, presented)) return undefined;
  return Promised.parse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
}

// Named for its use: nothing else that this secret signs can pass for it.
function signature(body: string): string {
  return createHmac("sha256", secretOf("session")).update(`bulk verdict\n${body}`).digest("base64url");
}
