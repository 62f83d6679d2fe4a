import { createHash } from "node:crypto";
import { signedText, type SignedAction } from "../action-digest";

/** SHA-256, hex, of what an approval signs (see signedText). */
export function actionDigest(action: SignedAction): string {
  return createHash("sha256").update(signedText(action)).digest("hex");
}
