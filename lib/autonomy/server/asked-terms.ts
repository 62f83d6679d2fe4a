import { DomainError } from "@/lib/kernel/errors";
import type { CreateContract } from "../contracts";
import type { Terms } from "../schema";
import { withAsked } from "../terms";

const mostWrong = 0.5;

/**
 * The terms with what was asked for. A limit on cost needs the top of an amount band (`cap`, minor units) and a budget of
 * at most half of it. Throws `validation_failed`.
 */
export function askedTerms(before: Terms, asked: CreateContract["terms"], cap: number | null): Terms {
  const wantsCost = asked.cost === undefined ? before.cost !== null : asked.cost !== null;
  if (wantsCost && cap === null) {
    wrong("/terms/cost", "A limit on cost needs an amount band with a top", "Set amount_to.");
  }
  if (asked.cost?.cap !== undefined && asked.cost.cap !== cap) {
    wrong("/terms/cost/cap", "The cap is the top of the amount band", "Leave it out.");
  }
  const terms = withAsked(before, asked, cap);
  if (terms.cost && terms.alpha > mostWrong) {
    wrong("/terms/cost/budget", "A budget of more than half the cap promises nothing", "Set less.");
  }
  return terms;
}

function wrong(pointer: string, message: string, fix: string): never {
  throw new DomainError("invalid", `${message}.`, {
    code: "validation_failed",
    errors: [{ pointer, code: "invalid", message, fix }],
  });
}
