import { readFileSync } from "node:fs";

/** What a program says of itself, as lines: the comment that its file begins with. */
export function aboutOf(file) {
  const lines = readFileSync(file, "utf8").split("\n");
  const end = lines.findIndex((line) => !line.startsWith("//"));
  return lines.slice(0, end).map((line) => line.replace(/^\/\/ ?/, "  "));
}

export const asksForHelp = ([first]) => first === "--help" || first === "-h";
