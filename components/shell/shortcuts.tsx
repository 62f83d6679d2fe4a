"use client";

import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { tinykeys } from "tinykeys";
import { useKeymap } from "@/components/shell/keymap";
import { type KeyMoment, mayRun, type Shortcut } from "@/components/shell/shortcut-guard";
import { isSwitchedOff, type KeyId, keyIds, type Keymap, keysOf, rowOf } from "@/lib/identity/key-map";

/** A key of the map, by its id: its keys, and how it behaves, are the map's and the person's. */
type MappedShortcut = { id: KeyId; label?: string; when?: boolean; run: Shortcut["run"] };

/** What a page can do, with every way to do it by key; none where the person took the key away. */
export type Doable = Omit<Shortcut, "keys"> & { id: string; keys: string[] };
type Group = { title: string; shortcuts: Doable[] };
type Registry = {
  put: (id: string, group: Group) => void;
  drop: (id: string) => void;
  subscribe: (listener: () => void) => () => void;
  groups: () => Group[];
  moment: (event: KeyboardEvent) => KeyMoment;
};

const RegistryContext = createContext<Registry | null>(null);
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
function createRegistry(initial: Keymap) {
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

/** Gives `useShortcuts` its place; the shell has one. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const { keymap } = useKeymap();
  const [{ registry, follow, watch }] = useState(() => createRegistry(keymap));
  useLayoutEffect(() => follow(keymap), [follow, keymap]);
  useEffect(() => watch(), [watch]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

function useRegistry(): Registry {
  const registry = use(RegistryContext);
  if (!registry) throw new Error("useShortcuts needs a ShortcutsProvider above it");
  return registry;
}

/** Binds a page's keys while it is mounted and lists them, under `title`, in the cheat sheet and the palette. */
export function useShortcuts(title: string, shortcuts: (Shortcut | MappedShortcut)[]): void {
  const registry = useRegistry();
  const { keymap } = useKeymap();
  const id = useId();
  const doable = shortcuts.map((each) => doableOf(each, keymap));
  const latest = useRef(doable);
  // Handlers may be new on each render; what is bound and listed changes only with these words.
  const signature = doable
    .map(({ id: name, keys, label, when }) => `${name}\t${keys.join()}\t${label}\t${when !== false}`)
    .join("\n");
  // Before the paint: whoever sees what a key does may press it at once.
  useLayoutEffect(() => {
    latest.current = doable;
  });
  useLayoutEffect(() => {
    const live = latest.current.filter(({ when }) => when !== false);
    // Listed once, however long the page stays: what runs is always the latest.
    const run = (name: string) => (event: KeyboardEvent) =>
      latest.current.find((each) => each.id === name && each.when !== false)?.run(event);
    registry.put(id, { title, shortcuts: live.map((each) => ({ ...each, run: run(each.id) })) });
    const bindings = live.flatMap(({ id: name, keys }) =>
      keys.map((chord): [string, (event: KeyboardEvent) => void] => [
        chord,
        (event: KeyboardEvent) => {
          const shortcut = latest.current.find((each) => each.id === name);
          const moment = registry.moment(event);
          if (!shortcut || !mayRun({ ...shortcut, keys: chord }, moment)) return;
          event.preventDefault();
          // The way back leaves the field first; the next press leaves the panel.
          if (name === "back" && moment.typing) leaveField(event);
          else shortcut.run(event);
        },
      ]),
    );
    // Each by itself: of a key and a sequence that ends in it, one listener hears only the key.
    const unbinds = bindings.map(([chord, hear]) =>
      tinykeys(window, { [chord]: hear }, { ignore: () => false }),
    );
    return () => {
      for (const unbind of unbinds) unbind();
      registry.drop(id);
    };
  }, [registry, id, title, signature]);
}

function leaveField({ target }: KeyboardEvent): void {
  if (target instanceof HTMLElement) target.blur();
}

function doableOf(shortcut: Shortcut | MappedShortcut, keymap: Keymap): Doable {
  if (!("id" in shortcut)) return { ...shortcut, id: shortcut.keys, keys: [shortcut.keys] };
  const { id, when, run } = shortcut;
  const { label, repeat, inFields, inDialogs } = rowOf(id);
  return {
    id,
    label: shortcut.label ?? label,
    keys: keysOf(keymap, id),
    repeat,
    inFields,
    inDialogs,
    when,
    run,
  };
}

/** All that can be done by key now, by group: what the cheat sheet and the palette show. */
export function useShortcutGroups(): Group[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.groups, registry.groups);
}

/** Opens the command palette: all that can be done here. */
export function useOpenPalette(): () => void {
  const registry = useRegistry();
  return () => {
    const all = registry.groups().flatMap(({ shortcuts }) => shortcuts);
    all.find(({ id }) => id === "palette")?.run(new KeyboardEvent("keydown"));
  };
}
