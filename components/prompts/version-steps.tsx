"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { PromptVersionView, PromptView } from "@/lib/prompts/endpoints";
import { maybeFrom } from "@/lib/prompts/steps";

type Place = { app: string; prompt: string; version: number };
type To = keyof typeof maybeFrom;
type Move = Place & { to: To; note: string; despite_gate: boolean };
export type MoveVersionAction = (input: Move) => Promise<Answer<PromptView>>;
export type FitVersionAction = (input: Place & { note: string }) => Promise<Answer<PromptVersionView>>;
type Props = {
  app: string;
  prompt: string;
  version: PromptVersionView;
  move: MoveVersionAction;
  fit: FitVersionAction;
};

const order: readonly To[] = ["shadow", "active", "retired"];

/** The steps a version may take, each asked for once more. */
export function VersionSteps({ app, prompt, version, move, fit }: Props) {
  const [to, setTo] = useState<To | null>(null);
  const [isWarned, setWarned] = useState(false);
  const router = useRouter();
  const place = { app, prompt, version: version.version };
  async function take(step: To, note: string) {
    const answer = await move({ ...place, to: step, note, despite_gate: isWarned });
    if (!answer.ok && answer.error.errors.some(({ pointer }) => pointer === "/despite_gate")) {
      setWarned(true);
      throw new Error(`${answer.error.message} To use it all the same, say why and confirm once more.`);
    }
    if (!answer.ok) throw new Error(answer.error.message);
    router.refresh();
  }
  const steps = order.filter((step) => maybeFrom[step].includes(version.status));
  return (
    <span className="flex flex-wrap justify-end gap-2">
      {steps.map((step) => (
        <Button
          key={step}
          size="sm"
          variant={step === "active" && version.status === "shadow" ? "primary" : "secondary"}
          onClick={() => setTo(step)}
        >
          {stepWord(step, version)} <span className="sr-only">version {version.version}</span>
        </Button>
      ))}
      {version.status === "draft" ? null : <FitButton place={place} fit={fit} />}
      {to === null ? null : (
        <ConfirmDialog
          open
          onOpenChange={(open) => {
            if (open) return;
            setTo(null);
            setWarned(false);
          }}
          title={`${stepWord(to, version)} version ${version.version}?`}
          description={consequence[to]}
          confirmLabel={stepWord(to, version)}
          tone={to === "retired" && version.status === "active" ? "danger" : "primary"}
          reason="optional"
          onConfirm={(note) => take(to, note ?? "")}
        />
      )}
    </span>
  );
}

const consequence: Record<To, string> = {
  shadow: "It answers the same inputs as the active version, later and beside it. Nothing it says is done.",
  active:
    "Inputs go to it from now on, and the version before retires. Contracts see another prompt: they begin a new certification period, and nothing runs alone on old evidence.",
  retired: "It is asked nothing any more. Without an active version the app makes no decisions from inputs.",
};

function stepWord(to: To, { status }: PromptVersionView): string {
  if (to === "active") return status === "retired" ? "Roll back to" : "Activate";
  return to === "shadow" ? "Run in shadow" : "Retire";
}

function FitButton({ place, fit }: { place: Place; fit: FitVersionAction }) {
  const [pending, setPending] = useState(false);
  const { toast } = useToast();
  const router = useRouter();
  async function run() {
    setPending(true);
    const answer = await fit({ ...place, note: "" }).finally(() => setPending(false));
    if (!answer.ok) {
      toast({ title: "No fit yet", description: answer.error.message });
      return;
    }
    toast({ title: `Version ${answer.data.version} drafted with a fitted confidence`, tone: "success" });
    router.refresh();
  }
  return (
    <Button size="sm" pending={pending} onClick={() => void run()}>
      Fit confidence <span className="sr-only">of version {place.version}</span>
    </Button>
  );
}
