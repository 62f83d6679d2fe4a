"use client";

import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";
import { tinykeys } from "tinykeys";
import { readPreference } from "@/components/shell/preferences";
import { type KeyMoment, mayRun, type Shortcut } from "@/components/shell/shortcut-guard";

type Group = { title: string; shortcuts: Shortcut[] };
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

/** Holds every mounted page's keys, and knows what is going on when one goes down. */
function createRegistry(isSwitchedOff: () => boolean): Registry & { watch: () => () => void } {
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
    prefixAt = event.key === "g" && bare && !isTyping(event.target) ? event.timeStamp : -Infinity;
  }
  return {
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
    watch() {
      window.addEventListener("keydown", watchPrefix, { capture: true });
      return () => window.removeEventListener("keydown", watchPrefix, { capture: true });
    },
    moment: (event) => ({
      typing: isTyping(event.target),
      layerOpen: layerIsOpen(),
      prefixed,
      repeated: event.repeat,
      composing: event.isComposing,
      handled: event.defaultPrevented,
      switchedOff: isSwitchedOff(),
    }),
  };
}

/** Gives `useShortcuts` its place; the shell has one. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const registry = useMemo(() => createRegistry(() => readPreference("shortcuts") === "off"), []);
  useEffect(() => registry.watch(), [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

function useRegistry(): Registry {
  const registry = use(RegistryContext);
  if (!registry) throw new Error("useShortcuts needs a ShortcutsProvider above it");
  return registry;
}

/** Binds a page's keys while it is mounted and lists them, under `title`, in the cheat sheet. */
export function useShortcuts(title: string, shortcuts: Shortcut[]): void {
  const registry = useRegistry();
  const id = useId();
  const latest = useRef(shortcuts);
  // Handlers may be new on each render; what is bound and listed changes only with these words.
  const signature = shortcuts
    .map(({ keys, label, when }) => `${keys}\t${label}\t${when !== false}`)
    .join("\n");
  // Before the paint: whoever sees what a key does may press it at once.
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useLayoutEffect(() => {
    registry.put(id, { title, shortcuts: latest.current.filter(({ when }) => when !== false) });
    const bindings = latest.current.map(({ keys }) => [
      keys,
      (event: KeyboardEvent) => {
        const shortcut = latest.current.find((each) => each.keys === keys);
        if (!shortcut || !mayRun(shortcut, registry.moment(event))) return;
        event.preventDefault();
        shortcut.run(event);
      },
    ]);
    const unbind = tinykeys(window, Object.fromEntries(bindings), { ignore: () => false });
    return () => {
      unbind();
      registry.drop(id);
    };
  }, [registry, id, title, signature]);
}

/** All keys bound now, by group: what the cheat sheet shows. */
export function useShortcutGroups(): Group[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.groups, registry.groups);
}
