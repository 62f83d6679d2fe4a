import { cn } from "@/components/ui/class-names";

type Props = {
  label: string;
  /** 0 to 1; leave out when the length of the work is unknown. */
  value?: number;
  className?: string;
};

/** A thin bar with a name. */
export function Progress({ label, value, className }: Props) {
  return (
    <progress
      aria-label={label}
      max={1}
      value={value}
      className={cn(
        "h-1 w-full appearance-none overflow-hidden rounded-full bg-surface-3 [&::-moz-progress-bar]:bg-primary [&::-webkit-progress-bar]:bg-surface-3 [&::-webkit-progress-value]:bg-primary",
        value === undefined && "animate-pulse bg-primary",
        className,
      )}
    />
  );
}
