import { splitUntrusted } from "@/components/ui/untrusted-segments";

const longest = 80;

/** Hostile text may be in a name: what is not seen or turns the writing round is named, as everywhere. */
export function titleOf(name: string, kind: string): string {
  const seen = splitUntrusted(name)
    .map((segment) => (segment.kind === "text" ? segment.text : segment.label))
    .join("");
  return `${seen.length > longest ? `${seen.slice(0, longest - 1)}…` : seen} · ${kind}`;
}
