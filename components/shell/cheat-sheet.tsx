"use client";

import Link from "next/link";
import { useState } from "react";
import { useKeymap, withSwitch } from "@/components/shell/keymap";
import { printedKeys } from "@/components/shell/shortcut-guard";
import type { Doable } from "@/components/shell/shortcut-registry";
import { useShortcutGroups } from "@/components/shell/shortcuts";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Switch } from "@/components/ui/switch";
import { isSwitchedOff } from "@/lib/identity/key-map";

/** A key as it is pressed: `G then I`. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="flex shrink-0 items-center gap-1 text-xs text-muted-foreground">
      {printedKeys(keys).map((press, at) => (
        <span key={at} className="inline-flex items-center gap-1">
          {at > 0 ? <span>then</span> : null}
          {press.map((key) => (
            <Kbd key={key} className="inline-flex text-foreground">
              {key}
            </Kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

/** Every key that works on this page, and the switch that turns them all off. */
export function CheatSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const groups = useShortcutGroups();
  const { keymap, change } = useKeymap();
  const [problem, setProblem] = useState<string>();
  const set = async (state: "on" | "off") => setProblem(await change(withSwitch(keymap, state)));
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Keyboard shortcuts" description="What works on this page." className="max-w-2xl">
        <div className="flex flex-wrap items-start justify-between gap-3">
          <Switch
            label="Single-key shortcuts"
            hint="Off: no key acts without a modifier. It follows you to every browser."
            checked={!isSwitchedOff(keymap)}
            onChange={(event) => void set(event.target.checked ? "on" : "off")}
          />
          <Link
            href="/settings/keyboard"
            prefetch={false}
            onClick={() => onOpenChange(false)}
            className="inline-flex min-h-6 items-center text-sm text-primary-text underline underline-offset-4"
          >
            Change your keys
          </Link>
        </div>
        {problem ? (
          <p role="alert" className="mt-2 text-sm text-declined-text">
            {problem}
          </p>
        ) : null}
        <div className="mt-4 gap-8 md:columns-2">
          {groups.map(({ title, shortcuts }, at) => (
            // Two parts of a page may share a title.
            <KeyGroup key={`${title}${at}`} title={title} shortcuts={shortcuts} />
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function KeyGroup({ title, shortcuts }: { title: string; shortcuts: Doable[] }) {
  const shown = shortcuts.filter(({ keys }) => keys.length > 0);
  if (shown.length === 0) return null;
  return (
    <section aria-label={title} className="mb-5 break-inside-avoid">
      <h3 className="mb-1 text-xs font-semibold text-muted-foreground">{title}</h3>
      <ul>
        {shown.map(({ id, keys, label }) => (
          <li
            key={id}
            className="flex min-h-7 items-center justify-between gap-4 border-b text-sm last:border-b-0"
          >
            {label}
            <span className="flex shrink-0 items-center gap-1.5 text-xs text-muted-foreground">
              {keys.map((chord, at) => (
                <span key={chord} className="inline-flex items-center gap-1.5">
                  {at > 0 ? "or" : null}
                  <Keys keys={chord} />
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
