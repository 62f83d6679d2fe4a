import { cn } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { NotificationView } from "@/lib/notices/notifications";

/** One thing told: unread ones have a dot and stand out, for eyes and for screen readers. */
export function NotificationLine({ item }: { item: NotificationView }) {
  const unread = item.read_at === null;
  return (
    <span className="grid grid-cols-[0.5rem_minmax(0,1fr)] gap-x-2.5">
      <span
        aria-hidden
        className={cn("mt-1.5 size-2 rounded-full", unread ? "bg-primary" : "bg-transparent")}
      />
      <span className="flex min-w-0 flex-col gap-0.5">
        <span className={cn("text-sm", unread ? "font-semibold" : "text-muted-foreground")}>
          {unread ? <span className="sr-only">Unread: </span> : null}
          <UntrustedInline text={item.title} />
        </span>
        {item.body ? (
          <span className="text-xs text-muted-foreground">
            <UntrustedInline text={item.body} />
          </span>
        ) : null}
        <span className="text-xs text-subtle-foreground">
          <Time at={item.created_at} />
        </span>
      </span>
    </span>
  );
}
