"use client";

import { useRouter } from "next/navigation";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import type { MetricName } from "@/lib/evaluations/metrics-catalogue";
import type { MonitorMade } from "@/lib/monitors/endpoints";
import { readyMade, type ReadyMade } from "@/lib/monitors/ready-made";

type Props = {
  /** Figures that are watched already. */
  watched: readonly MetricName[];
  create: (input: Omit<ReadyMade, "key" | "sentence">) => Promise<Answer<MonitorMade>>;
};

/** Monitors that are one press away, while little is watched; nothing once all of them are. */
export function ReadyMadeMonitors({ watched, create }: Props) {
  const { submit, pending, formError } = useSubmit(create);
  const { toast } = useToast();
  const router = useRouter();
  async function make({ key: _key, sentence: _sentence, ...draft }: ReadyMade) {
    const made = await submit(draft);
    if (!made) return;
    toast({ title: `Watching: ${made.name}`, tone: "success" });
    router.refresh();
  }
  const left = readyMade.filter(({ metric }) => !watched.includes(metric));
  if (left.length === 0) return null;
  return (
    <Card aria-labelledby="ready-made">
      <CardHeader
        id="ready-made"
        title={watched.length === 0 ? "Nothing is watched yet" : "Also worth watching"}
        description="Start with one of these and change it later, or make your own."
      />
      <CardBody className="flex flex-col gap-3">
        <FormError>{formError}</FormError>
        <ul className="grid gap-3 sm:grid-cols-2">
          {left.map((one) => (
            <li key={one.key} className="flex items-start justify-between gap-3 rounded-control border p-3">
              <div className="min-w-0">
                <h3 className="text-sm font-semibold">{one.name}</h3>
                <p className="text-sm text-muted-foreground">{one.sentence}</p>
              </div>
              <Button
                size="sm"
                pending={pending}
                aria-label={`Watch: ${one.name}`}
                onClick={() => void make(one)}
              >
                Watch
              </Button>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
