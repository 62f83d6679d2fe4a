import type { AgentView } from "@/lib/policies/moderation/endpoints";

/** A change of an agent as the form sends it. */
export type AgentChange = {
  agent: AgentView["kind"];
  enabled: boolean;
  thresholds: Record<string, number | null>;
  model?: { base_url: string; model: string; timeout_ms: number; types: string[] };
  secret?: string | null;
  version: number;
};

/** What was typed, as a change. What is no number stays one that the server refuses with its field. */
export function agentChange(agent: AgentView, field: (name: string) => string): AgentChange {
  const typed = agent.categories.map(({ key }) => [key, scoreOf(field(`threshold ${key}`))] as const);
  return {
    agent: agent.kind,
    enabled: field("enabled") !== "",
    thresholds: Object.fromEntries(typed),
    ...(agent.kind === "model" ? modelOf(field) : {}),
    version: agent.version,
  };
}

/** Empty: noted only. A comma counts as a point. */
function scoreOf(text: string): number | null {
  const trimmed = text.trim().replace(",", ".");
  return trimmed === "" ? null : Number(trimmed);
}

function modelOf(field: (name: string) => string): Pick<AgentChange, "model" | "secret"> {
  const secret = field("secret");
  const base_url = field("base_url").trim();
  const change = secret === "" ? undefined : secret;
  return {
    ...(base_url === "" && field("model").trim() === ""
      ? {}
      : {
          model: {
            base_url,
            model: field("model").trim(),
            timeout_ms: Number(field("timeout_ms")),
            types: field("types")
              .split(",")
              .map((key) => key.trim())
              .filter(Boolean),
          },
        }),
    ...(field("remove_secret") === "" ? (change === undefined ? {} : { secret: change }) : { secret: null }),
  };
}
