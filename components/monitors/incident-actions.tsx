"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { IncidentView } from "@/lib/monitors/incidents";

type Handle = (input: { incident: string; note: string }) => Promise<Answer<IncidentView>>;
type Props = {
  incident: Pick<IncidentView, "id" | "status" | "title">;
  acknowledge: Handle;
  resolve: Handle;
};

/** What a person says of an incident: that they look after it, and what it was. */
export function IncidentActions({ incident, acknowledge, resolve }: Props) {
  const [asking, setAsking] = useState<"acknowledge" | "resolve">();
  const { toast } = useToast();
  const router = useRouter();
  if (incident.status === "resolved") return null;
  async function handle(verb: Handle, note: string, done: string) {
    await orThrow(verb({ incident: incident.id, note }));
    toast({ title: `${done}: ${incident.title}`, tone: "success" });
    router.refresh();
  }
  const layer = (which: "acknowledge" | "resolve") => ({
    open: asking === which,
    onOpenChange: (open: boolean) => setAsking(open ? which : undefined),
    reasonHint: "Kept with the incident, with your name.",
  });
  return (
    <>
      {incident.status === "open" ? (
        <Button onClick={() => setAsking("acknowledge")}>Acknowledge</Button>
      ) : null}
      <Button variant="primary" onClick={() => setAsking("resolve")}>
        Resolve
      </Button>
      <ConfirmDialog
        {...layer("acknowledge")}
        title="Look after this incident?"
        description="Others see that you do. It stays open until it is over."
        confirmLabel="Acknowledge"
        reason="optional"
        reasonLabel="Note"
        onConfirm={(note) => handle(acknowledge, note, "Acknowledged")}
      />
      <ConfirmDialog
        {...layer("resolve")}
        title="Is this incident over?"
        description="A monitor opens another one only after its figure was well again."
        confirmLabel="Resolve"
        reason="required"
        reasonLabel="What was it?"
        onConfirm={(note) => handle(resolve, note, "Resolved")}
      />
    </>
  );
}
