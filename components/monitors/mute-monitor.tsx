"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { MonitorView } from "@/lib/monitors/endpoints";

export type Mute = (input: {
  monitor: string;
  until: string | null;
  reason: string;
}) => Promise<Answer<MonitorView>>;
type Props = { monitor: Pick<MonitorView, "id" | "name" | "muted_until">; mute: Mute };

const spans: { hours: number; words: string }[] = [
  { hours: 1, words: "An hour" },
  { hours: 4, words: "Four hours" },
  { hours: 24, words: "A day" },
  { hours: 168, words: "A week" },
];

/** Tells nobody of a monitor for a while, after asking; or tells people again. */
export function MuteMonitor({ monitor, mute }: Props) {
  const [open, setOpen] = useState(false);
  const [hours, setHours] = useState(1);
  const { toast } = useToast();
  const router = useRouter();
  const isMuted = monitor.muted_until !== null;
  async function confirm(reason: string) {
    const until = isMuted ? null : new Date(Date.now() + hours * 3_600_000).toISOString();
    await orThrow(mute({ monitor: monitor.id, until, reason }));
    toast({ title: isMuted ? `Told again: ${monitor.name}` : `Muted: ${monitor.name}`, tone: "success" });
    router.refresh();
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{isMuted ? "Unmute" : "Mute"}</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={isMuted ? `Tell people of ${monitor.name} again?` : `Mute ${monitor.name}?`}
        description={
          isMuted
            ? "If its incident is not over, people are told within a minute."
            : "It is looked at all the same, and its incidents are listed. What is not over when the time is up is told then."
        }
        confirmLabel={isMuted ? "Unmute" : "Mute"}
        reason={isMuted ? "none" : "optional"}
        reasonLabel="Why"
        onConfirm={confirm}
      >
        {isMuted ? null : (
          <Field label="For how long">
            <Select value={hours} onChange={(event) => setHours(Number(event.target.value))}>
              {spans.map(({ hours: each, words }) => (
                <option key={each} value={each}>
                  {words}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </ConfirmDialog>
    </>
  );
}
