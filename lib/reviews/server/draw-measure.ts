import { createHmac } from "node:crypto";

/**
 * Uniform in [0, 1): a keyed hash of the review's id and of what is drawn for it, so that nobody can guess or steer it,
 * and a second worker draws the same.
 */
export function drawMeasure(reviewId: string, what: "gold" | "double" | "blind"): number {
  const secret = process.env.COUNTERSIGN_AUDIT_SECRET;
  if (!secret) throw new Error("COUNTERSIGN_AUDIT_SECRET is not set: measures cannot be drawn");
  return (
    createHmac("sha256", secret).update(`measure:${what}:${reviewId}`).digest().readUIntBE(0, 6) / 2 ** 48
  );
}
