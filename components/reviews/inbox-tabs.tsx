import { LinkTabs } from "@/components/ui/tabs";
import { inboxQuery, type InboxFilter } from "@/lib/reviews/client";

type Props = { filter: InboxFilter; counts: { unclaimed: number; mine: number; snoozed: number } };

const tabs = [
  { tab: "unclaimed", label: "Unclaimed" },
  { tab: "mine", label: "Mine" },
  { tab: "open", label: "All open" },
  { tab: "snoozed", label: "Snoozed" },
  { tab: "resolved", label: "Resolved" },
] as const;

/** The parts of the inbox, each with its own address; counts are of the whole tab, whatever the filters. */
export function InboxTabs({ filter, counts }: Props) {
  const countOf = new Map(Object.entries(counts));
  return (
    <LinkTabs
      label="Reviews"
      tabs={tabs.map(({ tab, label }) => {
        const count = countOf.get(tab);
        return {
          href: `/inbox?${inboxQuery({ ...filter, tab })}`,
          label:
            count === undefined ? (
              label
            ) : (
              <>
                {label} <Count value={count} />
              </>
            ),
          current: filter.tab === tab,
        };
      })}
    />
  );
}

function Count({ value }: { value: number }) {
  return <span className="text-xs font-normal text-muted-foreground">{value > 99 ? "99+" : value}</span>;
}
