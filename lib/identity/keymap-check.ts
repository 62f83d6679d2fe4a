import type { FieldError } from "@/lib/kernel/errors";
import { collide, refusalOf } from "./chords";
import { allOff, isKeyId, type KeyId, keyIds, type Keymap, keyMap, keysOf, rowOf, switchId } from "./key-map";

function meet(one: KeyId, other: KeyId): boolean {
  const [here, there] = [rowOf(one).where, rowOf(other).where];
  return (
    here.includes("everywhere") || there.includes("everywhere") || here.some((place) => there.includes(place))
  );
}

/** The actions that would answer to these keys too, where both may be pressed. */
export function takenBy(keymap: Keymap, id: KeyId, keys: string): KeyId[] {
  return keyIds.filter(
    (other) =>
      other !== id && meet(id, other) && keysOf(keymap, other).some((theirs) => collide(keys, theirs)),
  );
}

/** Everything wrong with a person's keys, each at its pointer; empty when they can be used. */
export function keymapErrors(keymap: Keymap): FieldError[] {
  return Object.entries(keymap).flatMap(([id, keys]) => errorsAt(keymap, id, keys));
}

function errorsAt(keymap: Keymap, id: string, keys: string): FieldError[] {
  const pointer = `/keymap/${id.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const wrong = (code: string, message: string): FieldError[] => [{ pointer, code, message }];
  if (id === switchId) return keys === allOff ? [] : wrong("unknown_value", `must be "${allOff}" or absent`);
  if (!isKeyId(id)) return wrong("unknown_key", "There is no such action");
  if (rowOf(id).fixed) return wrong("fixed_key", "This key cannot be changed");
  if (keys === "") return [];
  const refused = refusalOf(keys);
  // The default itself may be chosen again, also where nobody else may choose such a key.
  if (refused !== undefined && keys !== keyMap[id].keys) return wrong("reserved_key", refused);
  const [other] = takenBy(keymap, id, keys);
  return other ? wrong("key_taken", `Already the key of “${rowOf(other).label}”`) : [];
}

/** The changes without those that say what the map says anyway. */
export function onlyChanges(keymap: Keymap): Keymap {
  return Object.fromEntries(
    Object.entries(keymap).filter(([id, keys]) => !isKeyId(id) || keyMap[id].keys !== keys),
  );
}
