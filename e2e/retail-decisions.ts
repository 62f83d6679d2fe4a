import { apiCall } from "./api-call";

type Told = { proposed_action: { type: string; arguments: object }; ground_truth: { correct: boolean } };
export type RetailRow = Told & { id: string; app: string; input: unknown; agreement_other_runs: number };
export type RetailTool = { function: { name: string; parameters: object } };
const auto = { level: "auto", threshold: 0.9, audit_rate: 0.2, sla_minutes: 240, on_timeout: "escalate" };
const scopes = ["decisions:write", "feedback:write"];

/** Submits real decisions of retail agents and tells what was right; what exists already is left alone. */
export async function submitRetail(url: string, adminToken: string, rows: RetailRow[], tools: RetailTool[]) {
  const admin = apiCall(url, adminToken);
  const types = new Set(rows.map((row) => row.proposed_action.type));
  for (const { name, parameters } of tools.map((tool) => tool.function)) {
    const type = { key: name, name, arguments_schema: parameters, reversibility: "compensable" };
    if (types.has(name)) await admin("POST", "/decision_types", type);
  }
  for (const [app, own] of Map.groupBy(rows, (row) => row.app)) {
    await admin("POST", "/apps", { key: app, name: app });
    for (const path of [...types].map((type) => `/apps/${app}/autonomy/${type}`)) {
      await admin("PUT", path, { ...auto, version: (await admin("GET", path)).version });
    }
    const key = { app_id: (await admin("GET", `/apps/${app}`)).id, name: "retail", scopes };
    const made = await admin("POST", "/api_keys", { ...key, expires_in_days: 1 });
    const call = apiCall(url, made.key);
    const decisions = own.map(({ id, input, proposed_action, agreement_other_runs }) => {
      const proposal = { arguments: proposed_action.arguments };
      return {
        type: proposed_action.type,
        external_id: id,
        input,
        proposal,
        confidence: agreement_other_runs,
      };
    });
    await call("POST", "/decisions/batch", { decisions });
    const outcomes = own.map((row) => ({ external_id: row.id, correct: row.ground_truth.correct }));
    await call("POST", "/outcomes/batch", { outcomes });
    await admin("DELETE", `/api_keys/${made.id}`);
  }
}
