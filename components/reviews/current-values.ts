import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { ReviewView } from "@/lib/reviews/schema";
import { isRecord } from "./is-record";

/** The value of an argument's field before the action, and who says so. */
export type Current = { value: JsonValue; by: "system" | "app" };

type About = Pick<ReviewView, "observed" | "amount_pointer"> & {
  decision: Pick<ReviewView["decision"], "arguments" | "context">;
};

/**
 * How the fields stand now that the action would set, by name: as their system was last read, or as the app says in a
 * context item of the kind `current`. An amount that moves is nobody's state and is never compared.
 */
export function currentValues({ observed, amount_pointer, decision }: About): Map<string, Current> {
  const said = currentItem(decision.context);
  const found = new Map<string, Current>();
  for (const key of Object.keys(decision.arguments)) {
    const pointer = `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (pointer === amount_pointer) continue;
    const read = observed && Object.hasOwn(observed.values, pointer) ? observed.values[pointer] : undefined;
    const told = Object.hasOwn(said, key) ? said[key] : undefined;
    if (read !== undefined && read !== null) found.set(key, { value: read, by: "system" });
    else if (told !== undefined) found.set(key, { value: told, by: "app" });
  }
  return found;
}

function currentItem(context: About["decision"]["context"]): JsonObject {
  const item = context?.find(({ kind, data }) => kind === "current" && isRecord(data));
  return isRecord(item?.data) ? item.data : {};
}
