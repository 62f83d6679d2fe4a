import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

/** A bordered surface. */
export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cn("rounded-card border bg-card text-card-foreground", className)} {...props} />;
}

type HeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  id?: string;
  className?: string;
};

/** A card's title row. Give `id` and the card `aria-labelledby` when the card is a landmark of its page. */
export function CardHeader({ title, description, actions, id, className }: HeaderProps) {
  return (
    <div className={cn("flex items-start justify-between gap-3 px-4 pt-3 last:pb-3", className)}>
      <div className="min-w-0">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {description ? <p className="text-sm text-muted-foreground">{description}</p> : null}
      </div>
      {actions ? <div className="flex shrink-0 gap-2">{actions}</div> : null}
    </div>
  );
}

export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("px-4 py-3", className)} {...props} />;
}

export function CardFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div className={cn("flex items-center justify-end gap-2 border-t px-4 py-3", className)} {...props} />
  );
}
