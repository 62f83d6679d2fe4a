import type { KeyMoment, Shortcut } from "@/components/shell/shortcut-guard";
import { isSwitchedOff, keyIds, type Keymap, keysOf } from "@/lib/identity/key-map";

/** What a page can do, with every way to do it by key; none where the person took the key away. */
export type Doable = Omit<Shortcut, "keys"> & { id: string; keys: string[] };
export type Group = { title: string; shortcuts: Doable[] };
export type Registry = {
  put: (id: string, group: Group) => void;
  drop: (id: string) => void;
  subscribe: (listener: () => void) => () => void;
  groups: () => Group[];
  moment: (event: KeyboardEvent) => KeyMoment;
};

const prefixLasts = 1000;
const layers =
  "[role=dialog][data-state=open], [role=alertdialog], [role=menu][data-state=open], [popover]:popover-open";

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select, [role=textbox], [role=slider]"))
    return true;
  return (
    target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type)
  );
}

function layerIsOpen(): boolean {
  return document.querySelector(layers) !== null;
}

const activated = {
  Enter: "a[href], button, summary, [role=button], [role=option]",
  " ": "button, summary, input, [role=button], [role=option]",
};

/** True when the key is the focused control's own: a link is followed, a button pressed. */
function activates({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || (key !== "Enter" && key !== " ")) return false;
  return target.matches(activated[key]);
}

/** Holds every mounted page's keys, and knows what is going on when one goes down. */
export function createRegistry(initial: Keymap) {
  let keymap = initial;
  const byId = new Map<string, Group>();
  const listeners = new Set<() => void>();
  let groups: Group[] = [];
  let prefixAt = -Infinity;
  let prefixed = false;
  function changed() {
    groups = [...byId.values()];
    for (const listener of listeners) listener();
  }
  function watchPrefix(event: KeyboardEvent) {
    if (["Shift", "Control", "Meta", "Alt"].includes(event.key)) return;
    prefixed = event.timeStamp - prefixAt < prefixLasts;
    const bare = !event.metaKey && !event.ctrlKey && !event.altKey;
    prefixAt = bare && !isTyping(event.target) && begins(keymap, event.key) ? event.timeStamp : -Infinity;
  }
  const registry: Registry = {
    put(id, group) {
      byId.set(id, group);
      changed();
    },
    drop(id) {
      byId.delete(id);
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    groups: () => groups,
    moment: (event) => ({
      typing: isTyping(event.target),
      layerOpen: layerIsOpen(),
      prefixed,
      repeated: event.repeat,
      composing: event.isComposing,
      handled: event.defaultPrevented,
      switchedOff: isSwitchedOff(keymap),
      activates: activates(event) && !(event.metaKey || event.ctrlKey),
    }),
  };
  return {
    registry,
    follow(next: Keymap) {
      keymap = next;
    },
    watch() {
      window.addEventListener("keydown", watchPrefix, { capture: true });
      return () => window.removeEventListener("keydown", watchPrefix, { capture: true });
    },
  };
}

/** True when a sequence of the person begins with this key. */
function begins(keymap: Keymap, key: string): boolean {
  return keyIds.some((id) =>
    keysOf(keymap, id).some((keys) => keys.includes(" ") && keys.split(" ")[0] === key.toLowerCase()),
  );
}
