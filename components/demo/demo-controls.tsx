"use client";

import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Slider } from "@/components/ui/slider";
import type { DemoControls as Controls } from "@/lib/apps/demo";

type Props = { controls: Controls; set: (controls: Controls) => Promise<Answer<Controls>> };

// The slider's steps, messages a minute: fine where it is slow, coarse where it is fast.
const paces = [1, 2, 5, 10, 20, 40, 60, 90, 120, 180, 240, 360, 480, 600];

/** Pauses the demo's stream and sets its pace; what the server keeps is what is shown. */
export function DemoControls({ controls, set }: Props) {
  const [shown, setShown] = useState(controls);
  const { submit, pending, formError } = useSubmit(set);

  async function change(next: Controls) {
    const before = shown;
    setShown(next);
    setShown((await submit(next)) ?? before);
  }

  const step = nearest(shown.per_minute);
  return (
    <div className="flex flex-col gap-2">
      <FormError>{formError}</FormError>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          variant={shown.paused ? "primary" : "secondary"}
          pending={pending}
          onClick={() => void change({ ...shown, paused: !shown.paused })}
        >
          {shown.paused ? (
            <Play aria-hidden className="size-3.5" />
          ) : (
            <Pause aria-hidden className="size-3.5" />
          )}
          {shown.paused ? "Resume stream" : "Pause stream"}
        </Button>
        <div className="flex min-w-52 grow items-center gap-3">
          <Slider
            thumbLabels={["Messages a minute"]}
            aria-label="Pace of the stream"
            min={0}
            max={paces.length - 1}
            step={1}
            value={[step]}
            onValueChange={([at]) => setShown({ ...shown, per_minute: paceAt(at) })}
            onValueCommit={([at]) => void change({ ...shown, per_minute: paceAt(at) })}
          />
          <output className="w-24 shrink-0 text-end text-xs text-muted-foreground tabular-nums">
            {shown.paused ? "paused" : `${shown.per_minute} a minute`}
          </output>
        </div>
      </div>
    </div>
  );
}

function paceAt(step: number | undefined): number {
  return paces[step ?? 0] ?? 1;
}

function nearest(perMinute: number): number {
  const at = paces.findIndex((pace) => pace >= perMinute);
  return at === -1 ? paces.length - 1 : at;
}
