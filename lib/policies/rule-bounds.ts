import type { ASTNode } from "@marcbachmann/cel-js";
import { childrenOf } from "./ast";
import { RuleProblem } from "./rule-problem";

const loops = new Set(["all", "exists", "exists_one", "map", "filter"]);
/** A pattern can take longer than any decision may, and a bound name can double itself. */
const refused: Record<string, string> = {
  matches: "Use contains, startsWith or endsWith.",
  bind: "Write it out.",
};

/** Throws for what could take long on a large decision: a loop within a loop, a pattern, a bound name. */
export function refuseUnbounded(source: string, ast: ASTNode): void {
  walk(source, ast, 0);
}

function walk(source: string, node: ASTNode, depth: number): void {
  const name = node.op === "call" || node.op === "rcall" ? node.args[0] : undefined;
  const instead = name !== undefined && Object.hasOwn(refused, name) ? refused[name] : undefined;
  if (instead !== undefined)
    throw new RuleProblem(source, `${name} is not available in a rule`, { at: node.range, fix: instead });
  const isLoop = node.op === "rcall" && loops.has(node.args[0]);
  if (isLoop && depth > 0) {
    throw new RuleProblem(source, "is a loop within a loop", {
      at: node.range,
      fix: "Look at one list at a time.",
    });
  }
  if (node.op === "rcall" && isLoop) {
    // What the loop goes over is evaluated once; only its own words are repeated.
    walk(source, node.args[1], depth);
    for (const argument of node.args[2]) walk(source, argument, depth + 1);
    return;
  }
  for (const child of childrenOf(node.args)) walk(source, child, depth);
}
