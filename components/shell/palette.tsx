"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { orThrow } from "@/components/identity/use-submit";
import type { StopAction } from "@/components/apps/stop-control";
import {
  foundCommands,
  matching,
  pageCommands,
  shortcutCommands,
  stopCommands,
} from "@/components/shell/palette-commands";
import { PaletteList } from "@/components/shell/palette-list";
import type { SectionId } from "@/components/shell/sections";
import { useShortcutGroups } from "@/components/shell/shortcuts";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/kernel/action-result";
import type { FoundWork } from "@/lib/reviews/search";

/** The server actions behind the palette; `stop` only for who may. */
export type PaletteDoors = {
  search: (input: { text: string }) => Promise<ActionResult<FoundWork>>;
  stop?: StopAction;
  /** The settings pages this person may open. */
  pages: { href: string; label: string }[];
};
type Stop = { scope: "global" } | { scope: "app"; scope_id: string; name: string };

type Props = { ids: SectionId[]; doors: PaletteDoors; open: boolean; onOpenChange: (open: boolean) => void };

/** One field that leads everywhere: pages, what can be done here with its key, decisions by id, and the stop. */
export function Palette({ ids, doors, open, onOpenChange }: Props) {
  const router = useRouter();
  const { toast } = useToast();
  const groups = useShortcutGroups();
  const [text, setText] = useState("");
  const [stopping, setStopping] = useState<Stop>();
  const wanted = useDeferredValue(text.trim());
  const { data: found, isFetching } = useQuery({
    queryKey: ["palette", wanted],
    queryFn: () => orThrow(doors.search({ text: wanted })),
    enabled: wanted.length >= 2,
    placeholderData: (before) => before,
    retry: false,
  });
  const go = (href: string) => router.push(href);
  const work = wanted.length >= 2 ? found : undefined;
  const commands = [
    ...foundCommands(work, go),
    ...matching(text, shortcutCommands(groups)),
    ...matching(text, pageCommands(ids, doors.pages, go)),
    ...(doors.stop ? matching(text, stopCommands(work?.apps ?? [], setStopping)) : []),
  ];
  async function confirmStop(reason: string): Promise<void> {
    if (!doors.stop || !stopping) return;
    const target =
      stopping.scope === "app"
        ? { scope: stopping.scope, scope_id: stopping.scope_id }
        : { scope: stopping.scope };
    const { in_flight } = await orThrow(doors.stop({ ...target, reason }));
    const see = { label: "See them", onAction: () => router.push("/executions?show=in_flight") };
    toast({
      title: `Stopped: ${nameOf(stopping)}`,
      description: underWay(in_flight.count),
      tone: "success",
      action: in_flight.execution_ids.length > 0 ? see : undefined,
    });
    router.refresh();
    onOpenChange(false);
  }
  return (
    <>
      <Dialog open={open && !stopping} onOpenChange={onOpenChange}>
        <DialogContent
          title="Go to, or do"
          className="top-[12dvh] max-w-xl translate-y-0"
          onOpenAutoFocus={(event) => {
            // Whoever opened it wants to type; the first control is the way out.
            event.preventDefault();
            document.querySelector<HTMLElement>("[role=combobox]")?.focus();
          }}
          onCloseAutoFocus={(event) => {
            // What was chosen may have put the focus where it belongs.
            if (document.activeElement !== document.body) event.preventDefault();
          }}
        >
          <PaletteList
            text={text}
            onText={setText}
            commands={commands}
            busy={isFetching}
            onRun={(command) => {
              if (!command.stays) onOpenChange(false);
              // Once the layer is gone: what runs may open another, or move the focus.
              if (command.stays) command.run();
              else setTimeout(command.run, 0);
            }}
          />
        </DialogContent>
      </Dialog>
      {stopping ? (
        <ConfirmDialog
          open
          onOpenChange={() => setStopping(undefined)}
          title={`Stop automation for ${nameOf(stopping)}?`}
          description="Nothing new is sent from this moment, and every new decision goes to a person. Only an admin can resume."
          confirmLabel="Stop automation"
          tone="danger"
          reason="required"
          onConfirm={confirmStop}
        />
      ) : null}
    </>
  );
}

function nameOf(stop: Stop): string {
  return stop.scope === "global" ? "all apps" : stop.name;
}

function underWay(count: number): string {
  if (count === 0) return "Nothing was under way.";
  return `${count === 1 ? "One call was" : `${count} calls were`} already under way and may still arrive.`;
}
