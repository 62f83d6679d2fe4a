import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type Props = { value: ReactNode; className?: string | undefined };

/** “Not enough yet: 4 of 30”: words that begin a sentence, where a figure begins with what it says. */
const sentence = /^[A-Z][a-z]+ [a-z]/;

/** A figure, large. What stands in its place while there is none is a sentence, and reads as one: quietly. */
export function FigureValue({ value, className }: Props) {
  if (typeof value === "string" && sentence.test(value))
    return <p className="py-1 text-md text-muted-foreground tabular-nums">{value}</p>;
  return <p className={cn("text-xl font-semibold tracking-tight tabular-nums", className)}>{value}</p>;
}
