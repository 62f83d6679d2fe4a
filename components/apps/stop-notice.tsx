import { OctagonX } from "lucide-react";
import { Card, CardBody } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { StopView } from "@/lib/apps/views";
import { stopperOf } from "@/lib/apps/words";

const effects: Record<StopView["scope"], string> = {
  global: "Nothing is carried out.",
  app: "Nothing it decided is carried out; its new decisions go to people.",
  type: "Nothing of this type is carried out in any app; new decisions of it go to people.",
  connector: "Nothing is sent through it; new decisions that would be go to people.",
};

/** Says on its own page that something is stopped: by whom, why, and what that means. Nothing while it runs. */
export function StopNotice({ stop }: { stop: StopView }) {
  if (!stop.active) return null;
  return (
    <Card className="border-declined/40 bg-declined-soft">
      <CardBody className="flex items-start gap-3 text-sm">
        <OctagonX aria-hidden className="mt-0.5 size-4 shrink-0 text-declined-text" />
        <p className="min-w-0">
          <strong className="text-declined-text">Stopped.</strong> {effects[stop.scope]} {stopperOf(stop)},{" "}
          <Time at={stop.changed_at ?? 0} />: {stop.reason}
        </p>
      </CardBody>
    </Card>
  );
}
