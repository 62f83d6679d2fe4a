"use client";

import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from "react";
import { isBareKey } from "@/components/shell/shortcut-guard";
import { allOff, isSwitchedOff, type KeyId, type Keymap, keysOf, switchId } from "@/lib/identity/key-map";
import type { ActionResult } from "@/lib/kernel/action-result";

/** The server action that keeps a person's keys. */
export type SaveKeymapAction = (input: {
  keymap: Record<string, string>;
}) => Promise<ActionResult<{ keymap: Keymap }>>;

type Keymaps = {
  keymap: Keymap;
  /** Acts at once; answers what was refused, after going back to what was before. */
  change: (next: Keymap) => Promise<string | undefined>;
};

const KeymapContext = createContext<Keymaps>({ keymap: {}, change: async () => undefined });

type Props = { initial: Keymap; save: SaveKeymapAction; children: ReactNode };

/** Gives the pages below the person's own keys; the shell has one. */
export function KeymapProvider({ initial, save, children }: Props) {
  const [keymap, setKeymap] = useState(initial);
  const saved = useRef(initial);
  const change = useCallback(
    async (next: Keymap) => {
      setKeymap(next);
      const answer = await save({ keymap: { ...next } }).catch(() => undefined);
      if (answer?.ok) {
        saved.current = answer.data.keymap;
        return undefined;
      }
      setKeymap(saved.current);
      return answer?.error.errors[0]?.message ?? answer?.error.message ?? "The server could not be reached.";
    },
    [save],
  );
  const value = useMemo(() => ({ keymap, change }), [keymap, change]);
  return <KeymapContext value={value}>{children}</KeymapContext>;
}

/** The person's keys and the way to change them. */
export function useKeymap(): Keymaps {
  return use(KeymapContext);
}

/** The keys to print for an action, as the person has them: nothing where none acts. */
export function useKeyOf(): (id: KeyId) => string | undefined {
  const { keymap } = useKeymap();
  return useCallback(
    (id) => keysOf(keymap, id).find((keys) => !isSwitchedOff(keymap) || !isBareKey(keys)),
    [keymap],
  );
}

/** All single keys off or on, for this person in every browser. */
export function withSwitch(keymap: Keymap, state: "on" | "off"): Keymap {
  const { [switchId]: _was, ...rest } = keymap;
  return state === "off" ? { ...rest, [switchId]: allOff } : rest;
}
