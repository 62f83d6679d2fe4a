import { LinkTabs } from "@/components/ui/tabs";
import { deskTabs, mostCounted, type DeskCounts, type DeskTab } from "@/lib/execution/desk";

const labels: Record<DeskTab, string> = {
  unanswered: "Unanswered",
  stopped: "Stopped",
  disputed: "Disputed",
};

/** The desk's tabs with how many wait under each, and the ledgers beside them. */
export function DeskTabs({ counts, current }: { counts: DeskCounts; current: DeskTab | "ledgers" }) {
  return (
    <LinkTabs
      label="Reconcile desk"
      tabs={[
        ...deskTabs.map((tab) => {
          const isMore = counts[tab] > mostCounted;
          return {
            href: `/reconcile?tab=${tab}`,
            label: isMore ? `${labels[tab]} ${mostCounted}+` : labels[tab],
            count: isMore ? undefined : counts[tab],
            current: current === tab,
          };
        }),
        { href: "/reconcile/ledgers", label: "Ledgers", current: current === "ledgers" },
      ]}
    />
  );
}
