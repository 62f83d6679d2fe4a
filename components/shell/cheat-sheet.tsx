"use client";

import { usePreference } from "@/components/shell/preferences";
import { printedKeys } from "@/components/shell/shortcut-guard";
import { useShortcutGroups } from "@/components/shell/shortcuts";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Switch } from "@/components/ui/switch";

function Keys({ keys }: { keys: string }) {
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
  const [shortcuts, setShortcuts] = usePreference("shortcuts");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Keyboard shortcuts" description="What works on this page." className="max-w-2xl">
        <Switch
          label="Single-key shortcuts"
          hint="Off: no key acts without a modifier. Kept in this browser."
          checked={shortcuts === "on"}
          onChange={(event) => setShortcuts(event.target.checked ? "on" : "off")}
        />
        <div className="mt-4 gap-8 md:columns-2">
          {groups.map(({ title, shortcuts: list }) => (
            <section key={title} aria-label={title} className="mb-5 break-inside-avoid">
              <h3 className="mb-1 text-xs font-semibold text-muted-foreground">{title}</h3>
              <ul>
                {list.map(({ keys, label }) => (
                  <li
                    key={keys}
                    className="flex min-h-7 items-center justify-between gap-4 border-b text-sm last:border-b-0"
                  >
                    {label}
                    <Keys keys={keys} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}
