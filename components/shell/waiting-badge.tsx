"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/components/reviews/use-live";
import { sections } from "@/components/shell/sections";
import { TitleCount } from "@/components/shell/title-count";
import { useSettled } from "@/components/shell/use-settled";
import { waitingCounts } from "@/lib/monitors/waiting-client";

const { queryKey } = waitingCounts();
const most = 99;

/** How much waits for this person in a section, kept true while the page is open. Nothing is shown for none. */
export function WaitingBadge({ of }: { of: "inbox" | "reconcile" | "audits" | "alerts" }) {
  useLive([
    { events: "review.", queryKey },
    { events: "audit.", queryKey },
    { events: "decision.execution_updated", queryKey },
    { events: "incident.", queryKey },
  ]);
  const { data } = useQuery({ ...waitingCounts(), enabled: useSettled() });
  const waiting = data?.[of] ?? 0;
  if (waiting === 0) return null;
  return (
    <>
      {waiting > most ? `${most}+` : waiting}
      <span className="sr-only"> {sections[of].badgeWords}</span>
      {of === "inbox" ? <TitleCount waiting={waiting} most={most} /> : null}
    </>
  );
}
