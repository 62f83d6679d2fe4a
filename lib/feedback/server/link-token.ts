import { createHmac, timingSafeEqual } from "node:crypto";
import { secretOf } from "@/lib/identity/server/secret";
import { DomainError } from "@/lib/kernel/errors";

/** The token of a link: its id, when it lapses (seconds, base 36), and our signature over both. */
export function makeToken(linkId: string, expiresAt: Date): string {
  const body = `${linkId}.${Math.floor(expiresAt.getTime() / 1000).toString(36)}`;
  return `${body}.${signatureOf(body)}`;
}

/** The link that a token names. Throws `feedback_link_invalid` and `feedback_link_expired` without asking the database. */
export function readToken(token: string, now: Date): string {
  const found = /^((fbl_[0-9a-z]{26})\.([0-9a-z]{1,10}))\.([\w-]{43})$/.exec(token);
  const [, body = "", linkId = "", until = "", signature = ""] = found ?? [];
  if (!found || !timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(body)))) throw invalid();
  if (Number.parseInt(until, 36) * 1000 <= now.getTime()) throw lapsed();
  return linkId;
}

export function invalid(): DomainError {
  return new DomainError("not_found", "This feedback link is not one of ours: it was cut off or changed.", {
    code: "feedback_link_invalid",
  });
}

export function lapsed(): DomainError {
  return new DomainError("gone", "The time for this feedback is over.", { code: "feedback_link_expired" });
}

function signatureOf(body: string): string {
  return createHmac("sha256", secretOf("pepper")).update(`feedback-link\n${body}`).digest("base64url");
}
