import { type KeyId, rowOf } from "@/lib/identity/key-map";
import { signedIn } from "./demo-people";
import type { Checks } from "./key-stage";
import { test } from "./one-browser";

/** A story for each key: what it does for a reviewer. */
export function tellKeys(checks: Checks): void {
  for (const id of Object.keys(checks) as KeyId[]) {
    test(`${id}: ${rowOf(id).label}`, async ({ page, request }) => {
      await signedIn(page, "reviewer");
      await checks[id]?.(page, request);
    });
  }
}
