import type { PromptStatus } from "./vocabulary";

/** From where a version may come to each place; an older one that comes back into force is a rollback. */
export const maybeFrom: Record<Exclude<PromptStatus, "draft">, readonly PromptStatus[]> = {
  shadow: ["draft", "retired"],
  active: ["draft", "shadow", "retired"],
  retired: ["draft", "shadow", "active"],
};
