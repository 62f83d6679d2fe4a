"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { SecretOnce } from "@/components/identity/secret-once";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import {
  type Choices,
  type DraftInput,
  draftOf,
  metricOf,
  type Shown,
} from "@/components/monitors/monitor-draft";
import { FigureFields, NoiseFields, TellFields } from "@/components/monitors/monitor-fields";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import type { MonitorMade } from "@/lib/monitors/endpoints";

type Props = {
  shown: Shown;
  choices: Choices;
  label: string;
  save: (draft: DraftInput) => Promise<Answer<MonitorMade>>;
  /** Where field errors of the action stand: "" or "draft/". */
  at: string;
};

/** What a monitor watches, when it tells, and whom. */
export function MonitorForm({ shown, choices, label, save, at }: Props) {
  const [metric, setMetric] = useState(shown.metric);
  const [channels, setChannels] = useState<readonly string[]>(shown.channels);
  const [made, setMade] = useState<MonitorMade>();
  const { submit, pending, fieldError, formError } = useSubmit(save);
  const { toast } = useToast();
  const router = useRouter();
  const errorOf = (name: string) => fieldError(`${at}${name}`);
  function leave() {
    router.push("/alerts");
    router.refresh();
  }
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const saved = await submit(draftOf(new FormData(event.currentTarget), metric, channels));
    if (!saved) return;
    if (saved.webhook_secret !== null) return setMade(saved);
    toast({ title: `Saved: ${saved.name}`, tone: "success" });
    leave();
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-6">
      <FormError>{formError}</FormError>
      <FigureFields
        shown={shown}
        choices={choices}
        metric={metric}
        onMetric={(text) => setMetric(metricOf(text))}
        errorOf={errorOf}
      />
      <NoiseFields shown={shown} metric={metric} errorOf={errorOf} />
      <TellFields
        shown={shown}
        choices={choices}
        channels={channels}
        onChannels={setChannels}
        errorOf={errorOf}
      />
      <Button type="submit" variant="primary" pending={pending} className="self-start">
        {label}
      </Button>
      <Dialog open={made !== undefined} onOpenChange={leave}>
        <DialogContent title="Signing secret">
          <SecretOnce label="Signing secret" secret={made?.webhook_secret ?? ""}>
            Copy it to the receiver now: it is never shown again. Messages are signed as Standard Webhooks
            says.
          </SecretOnce>
        </DialogContent>
      </Dialog>
    </form>
  );
}
