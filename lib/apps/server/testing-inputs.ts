import { CreateApp, CreateConnector, CreateDecisionType, type AutonomyBody } from "../inputs";
import { HttpAction } from "../action-config";

let count = 0;
const next = () => (count += 1);

/** Inputs of tests: complete, with a key of their own; each takes what the test is about. */
export const anApp = (over: object = {}) =>
  CreateApp.parse({ key: `refund-desk-${next()}`, name: "Refund desk", ...over });

export const aType = (over: object = {}) =>
  CreateDecisionType.parse({
    key: `refund.issue.n${next()}`,
    name: "Issue a refund",
    reversibility: "irreversible",
    arguments_schema: { type: "object", required: ["invoice"] },
    ...over,
  });

export const aConnector = (over: object = {}) =>
  CreateConnector.parse({
    key: `billing-${next()}`,
    name: "Billing",
    class: "A",
    config: { base_url: "http://127.0.0.1:9", auth: "bearer" },
    ...over,
  });

export const anAction = (over: object = {}) => ({
  key: `refund-${next()}`,
  name: "Refund a charge",
  config: HttpAction.parse({ method: "POST", path: "/v1/refunds", ...over }),
});

export const anAutonomy = (over: Partial<AutonomyBody> = {}): AutonomyBody => ({
  level: "auto",
  threshold: 0.95,
  decline_threshold: 0.9,
  audit_rate: 0.1,
  amount_cap: 15_000,
  sla_minutes: 60,
  on_timeout: "decline",
  version: 0,
  ...over,
});
