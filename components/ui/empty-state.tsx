import { Inbox, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type Props = {
  title: ReactNode;
  /** One sentence. */
  children: ReactNode;
  /** One button or link. */
  action?: ReactNode;
  icon?: LucideIcon;
  className?: string;
};

/** Nothing here: why, and the one thing to do about it. */
export function EmptyState({ title, children, action, icon: Icon = Inbox, className }: Props) {
  return (
    <div className={cn("flex flex-col items-center gap-2 px-6 py-12 text-center", className)}>
      <span className="mb-1 inline-flex size-10 items-center justify-center rounded-full bg-surface-2 text-subtle-foreground">
        <Icon aria-hidden className="size-5" />
      </span>
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="max-w-sm text-sm text-balance text-muted-foreground">{children}</p>
      {action ? <div className="mt-2">{action}</div> : null}
    </div>
  );
}
