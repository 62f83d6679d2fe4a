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
import { takeEarlyKey } from "@/components/shell/early-key";
import { useKeymap } from "@/components/shell/keymap";
import { mayRun, type Shortcut } from "@/components/shell/shortcut-guard";
import { createRegistry, type Doable, type Group, type Registry } from "@/components/shell/shortcut-registry";
import { whenIdle } from "@/components/shell/when-idle";
import { type KeyId, type Keymap, keysOf, rowOf } from "@/lib/identity/key-map";

/** A key of the map, by its id: its keys, and how it behaves, are the map's and the person's. */
type MappedShortcut = { id: KeyId; label?: string; when?: boolean; run: Shortcut["run"] };

const RegistryContext = createContext<Registry | null>(null);

/** Gives `useShortcuts` its place; the shell has one. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const { keymap } = useKeymap();
  const [{ registry, follow, watch }] = useState(() => createRegistry(keymap));
  useLayoutEffect(() => follow(keymap), [follow, keymap]);
  useEffect(() => watch(), [watch]);
  useEffect(() => {
    const again = takeEarlyKey();
    return again && whenIdle(again);
  }, []);
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
