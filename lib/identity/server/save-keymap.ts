import { sql } from "drizzle-orm";
import { userSettings } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { Keymap } from "../key-map";
import { keymapErrors, onlyChanges } from "../keymap-check";
import type { SaveKeymap } from "../keymap-input";

/**
 * Keeps the person's own keys, in place of what was kept before; they follow the person to every browser. Throws
 * `validation_failed` with a pointer for each key that is reserved, taken or unknown; nothing is kept then.
 */
export async function saveKeymap(ctx: Context, input: SaveKeymap): Promise<{ keymap: Keymap }> {
  authorize(ctx, "keymap.write");
  const keymap = onlyChanges(input.keymap);
  const errors = keymapErrors(keymap);
  const [first] = errors;
  if (first) {
    throw new DomainError("invalid", `${first.pointer}: ${first.message}`, {
      code: "validation_failed",
      errors,
    });
  }
  return inTransaction(ctx, async (ctx) => {
    const { id: userId } = ctx.actor;
    await ctx.db
      .insert(userSettings)
      .values({ userId, orgId: ctx.orgId, keymap: { ...keymap } })
      .onConflictDoUpdate({
        target: userSettings.userId,
        set: { keymap: { ...keymap }, updatedAt: sql`now()` },
        setWhere: sql`${userSettings.orgId} = ${ctx.orgId}`,
      });
    await record(ctx, "keymap.saved", userId, { changed: Object.keys(keymap).toSorted() });
    return { keymap };
  });
}
