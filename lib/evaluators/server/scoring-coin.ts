import { createHmac } from "node:crypto";

/**
 * Uniform in [0, 1) and the same for ever: the first 48 bits of HMAC-SHA256(audit secret, evaluator and decision). All
 * rules of an evaluator look at one coin, so that the chance of being drawn by any of them is the largest of their rates.
 */
export function scoringCoin(
  evaluatorId: string,
  decisionId: string,
  secret = process.env.COUNTERSIGN_AUDIT_SECRET,
): number {
  if (!secret) throw new Error("COUNTERSIGN_AUDIT_SECRET is not set: nothing can be drawn to be scored");
  const mac = createHmac("sha256", secret).update(`score:${evaluatorId}:${decisionId}`).digest();
  return mac.readUIntBE(0, 6) / 2 ** 48;
}
