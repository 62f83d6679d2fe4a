import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// The design's own sizes and radii: without them the merge would take text-2xs for a colour.
const merge = extendTailwindMerge({
  extend: {
    classGroups: {
      "font-size": [{ text: ["2xs", "xs", "sm", "base", "md", "lg", "xl", "2xl"] }],
      rounded: [{ rounded: ["control", "card", "dialog"] }],
    },
  },
});

/** Joins class names; the later of two conflicting utilities wins. */
export function cn(...inputs: ClassValue[]): string {
  return merge(clsx(inputs));
}
