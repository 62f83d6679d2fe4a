import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";

type TableProps = ComponentProps<"table"> & {
  /** The table's name; also names the region that scrolls. */
  caption: string;
  /** Classes of the scrolling frame: `max-h-…` makes the header stick. */
  frameClassName?: string;
};

/** A semantic table in a frame that scrolls by itself; for server components. Lists of records use `DataTable`. */
export function Table({ caption, frameClassName, className, children, ...props }: TableProps) {
  return (
    <div
      role="region"
      aria-label={caption}
      // Focusable, so that it can be scrolled by keyboard.
      tabIndex={0}
      className={cn("relative overflow-auto rounded-card border bg-card", frameClassName)}
    >
      <table className={cn("w-full border-separate border-spacing-0 text-sm", className)} {...props}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

export function TableHead({ className, ...props }: ComponentProps<"thead">) {
  return <thead className={cn("sticky top-0 z-10 bg-surface-2", className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return (
    <tr
      className={cn(
        "relative h-(--row-height) hover:bg-surface-2 aria-[current=true]:bg-primary-soft [tbody>&:last-child>*]:border-b-0",
        className,
      )}
      {...props}
    />
  );
}

const aligned = { start: "text-start", end: "text-end", center: "text-center" };
type Aligned = { align?: keyof typeof aligned };

export function TableHeading({
  align = "start",
  className,
  ...props
}: Omit<ComponentProps<"th">, "align"> & Aligned) {
  return (
    <th
      scope="col"
      className={cn(
        "h-9 border-b px-3 text-xs font-semibold whitespace-nowrap text-muted-foreground",
        aligned[align],
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({
  align = "start",
  className,
  ...props
}: Omit<ComponentProps<"td">, "align"> & Aligned) {
  return <td className={cn("border-b px-3 py-1", aligned[align], className)} {...props} />;
}
