"use client";

import { OctagonX, Play } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { StopReason } from "@/components/apps/stop-reason";
import { StopBanner as BannerFrame } from "@/components/shell/stop-banner";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import type { StopScope } from "@/lib/apps/schema";
import type { StopResult, StopView } from "@/lib/apps/views";
import { stopperOf } from "@/lib/apps/words";

// The banner stands on every page and almost nobody resumes: the layer is fetched when somebody asks.
const ConfirmDialog = dynamic(
  () => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog),
  { loading: () => null },
);

/** What is stopped or resumed: everything, one app, one decision type or one connector. */
export type StopTarget =
  | { scope: "global" }
  | { scope: Exclude<StopScope, "global">; scope_id: string; name: string };
type StopRequest = { scope: StopScope; scope_id?: string; reason: string };
export type StopAction = (input: StopRequest) => Promise<Answer<StopResult>>;
export type ResumeAction = (input: StopRequest) => Promise<Answer<StopView>>;

type BannerProps = { stops: StopView[]; resume?: ResumeAction };

/** Says on every page what is stopped, by whom and why; who may resume finds the button in it. */
export function StopBanner({ stops, resume }: BannerProps) {
  const [first, ...others] = stops;
  if (!first) return null;
  const target = targetOf(first);
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return (
    <BannerFrame
      title={`Automation is stopped for ${wordOf(target)}${more}`}
      detail={
        <>
          {stopperOf(first)}, <Time at={first.changed_at ?? 0} />: <StopReason text={first.reason ?? ""} />
        </>
      }
      action={resume ? <ResumeButton target={target} resume={resume} size="sm" /> : null}
    />
  );
}

function targetOf({ scope, scope_id, name }: StopView): StopTarget {
  return scope === "global" ? { scope } : { scope, scope_id, name: name ?? `one ${scope}` };
}

const buttonWords: Record<StopScope, string> = {
  global: "Stop everything",
  app: "Stop this app",
  type: "Stop this type",
  connector: "Stop this connector",
};

function wordOf(target: StopTarget): string {
  if (target.scope === "global") return "all apps";
  return target.scope === "type" ? `${target.name} in every app` : target.name;
}

function requestOf(target: StopTarget, reason: string): StopRequest {
  return target.scope === "global"
    ? { scope: "global", reason }
    : { scope: target.scope, scope_id: target.scope_id, reason };
}

type AskProps = {
  /** “Stop automation” or “Resume automation”: what the layer's button says, and with its target the question. */
  verb: string;
  target: StopTarget;
  description: string;
  tone?: "danger";
  onConfirm: (reason: string) => Promise<void>;
  /** The button that opens the layer. */
  trigger: (open: () => void) => ReactNode;
};

/** A button and the layer behind it, which asks for a reason before a switch is turned. */
function AskAndTurn({ verb, target, description, tone, onConfirm, trigger }: AskProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {trigger(() => setOpen(true))}
      {open ? (
        <ConfirmDialog
          open={open}
          onOpenChange={setOpen}
          title={`${verb} for ${wordOf(target)}?`}
          description={description}
          confirmLabel={verb}
          tone={tone}
          reason="required"
          onConfirm={onConfirm}
        />
      ) : null}
    </>
  );
}

type StopProps = { target: StopTarget; stop: StopAction; size?: "sm" | "md" };

/** The kill switch: asks why, stops, and says what was already under way. */
export function StopButton({ target, stop, size = "md" }: StopProps) {
  const { toast } = useToast();
  const router = useRouter();
  async function confirm(reason: string) {
    const { in_flight } = await orThrow(stop(requestOf(target, reason)));
    const see = { label: "See them", onAction: () => router.push("/executions?show=in_flight") };
    toast({
      title: `Stopped: ${wordOf(target)}`,
      description: underWay(in_flight.count),
      tone: "success",
      action: in_flight.execution_ids.length > 0 ? see : undefined,
    });
    router.refresh();
  }
  // One of a kind on a page is red through and through; a row of them would shout.
  const look = size === "sm" ? "secondary" : "danger";
  return (
    <AskAndTurn
      verb="Stop automation"
      target={target}
      description="Nothing new is sent from this moment, and every new decision goes to a person. Only an admin can resume."
      tone="danger"
      onConfirm={confirm}
      trigger={(open) => (
        <Button
          variant={look}
          size={size}
          className={size === "sm" ? "text-declined-text" : undefined}
          onClick={open}
        >
          <OctagonX aria-hidden /> {buttonWords[target.scope]}
        </Button>
      )}
    />
  );
}

function underWay(count: number): string {
  if (count === 0) return "Nothing was under way.";
  return `${count === 1 ? "One call was" : `${count} calls were`} already under way and may still arrive.`;
}

type ResumeProps = { target: StopTarget; resume: ResumeAction; size?: "sm" | "md" };

/** Turns automation on again; for admins. */
export function ResumeButton({ target, resume, size = "md" }: ResumeProps) {
  const { toast } = useToast();
  const router = useRouter();
  async function confirm(reason: string) {
    await orThrow(resume(requestOf(target, reason)));
    toast({ title: `Resumed: ${wordOf(target)}`, tone: "success" });
    router.refresh();
  }
  return (
    <AskAndTurn
      verb="Resume automation"
      target={target}
      description="What was approved and waits is sent now, and confident proposals run alone again."
      onConfirm={confirm}
      trigger={(open) => (
        <Button size={size} onClick={open}>
          <Play aria-hidden /> Resume
        </Button>
      )}
    />
  );
}

type SwitchProps = { stop: StopView; onStop?: StopAction; onResume?: ResumeAction; size?: "sm" | "md" };

/** The switch of one app, type or connector as it is: stop while it runs, resume while it is stopped, for who may. */
export function StopSwitch({ stop, onStop, onResume, size }: SwitchProps) {
  const target = targetOf(stop);
  if (stop.active) return onResume ? <ResumeButton target={target} resume={onResume} size={size} /> : null;
  return onStop ? <StopButton target={target} stop={onStop} size={size} /> : null;
}
