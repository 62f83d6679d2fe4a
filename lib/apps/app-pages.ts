import { roleMay, type Capability } from "@/lib/identity/matrix";
import type { Role } from "@/lib/identity/schema";

const appPages: { part: string; label: string; needs: Capability }[] = [
  { part: "contracts", label: "Contracts", needs: "contracts.read" },
  { part: "thresholds", label: "Thresholds", needs: "contracts.read" },
  { part: "policies", label: "Policies", needs: "policies.read" },
  { part: "replays", label: "Replays", needs: "replays.read" },
  { part: "prompts", label: "Prompts", needs: "prompts.read" },
  { part: "runs", label: "Runs", needs: "runs.read" },
  { part: "evaluators", label: "Evaluators", needs: "evaluators.read" },
  { part: "learning", label: "Learning", needs: "learning.read" },
];

/** The pages of an app that this role may open, in the order of their tabs. */
export function appPagesOf(role: Role): { part: string; label: string }[] {
  return appPages.filter(({ needs }) => roleMay(role, needs)).map(({ part, label }) => ({ part, label }));
}
