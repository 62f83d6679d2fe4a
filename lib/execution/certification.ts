import { z } from "zod";
import { certificationStatuses, connectorClasses } from "@/lib/apps/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { AnyJson } from "@/lib/kernel/json";
import { ListQuery, listOf } from "@/lib/kernel/list";

/**
 * What a certification run asks of a target, in this order. `accepts`: a call succeeds as its schema says. `dedupes`
 * (class A): the same key again is the same effect. `looks_up`: the effect is found by its key. `finds_nothing`: a key
 * that was never used is not. `refuses`: bad arguments are refused. `observes`: the state can be read.
 */
export const certificationChecks = [
  "accepts",
  "dedupes",
  "looks_up",
  "finds_nothing",
  "refuses",
  "observes",
] as const;
export type CertificationCheck = (typeof certificationChecks)[number];

/** `waiting` has not been asked yet; `skipped` has nothing to prove, and says why. */
export const checkOutcomes = ["waiting", "passed", "failed", "skipped"] as const;

export const CheckResult = z.object({
  check: z.enum(certificationChecks),
  outcome: z.enum(checkOutcomes),
  sentence: z.string().nullable().describe("What was seen, in one sentence"),
  request: AnyJson.nullable().describe("As sent; the credential is masked"),
  response_status: z.int().nullable(),
  response_body: z.string().nullable(),
});
export type CheckResult = z.output<typeof CheckResult>;

const Arguments = z.record(z.string(), AnyJson);
const IdOrKey = z.string().min(1).max(100);

export const StartCertification = z.strictObject({
  connector: IdOrKey.describe("Id or key of the connector"),
  action: IdOrKey.describe("Id or key of the action"),
  arguments: Arguments.describe("Arguments that must succeed: the act is carried out"),
  bad_arguments: Arguments.optional().describe("Arguments that the target must refuse"),
});
export type StartCertification = z.output<typeof StartCertification>;

/** What is kept of a run in the row's `checks`: the question and the answers so far. */
export const CertificationRecord = z.object({
  arguments: Arguments,
  bad_arguments: Arguments.nullable(),
  /** When a worker took it up, by the database's clock; null until then. */
  claimed_at: z.string().nullable(),
  /** Since when a call that acts has been under way; null while none is. */
  calling_since: z.string().nullable().default(null),
  results: z.array(CheckResult),
});
export type CertificationRecord = z.output<typeof CertificationRecord>;

export const CertificationView = z.object({
  id: z.string(),
  object: z.literal("certification"),
  connector_id: z.string(),
  connector: z.string().describe("The connector's key"),
  action_id: z.string(),
  action: z.string().describe("The action's key"),
  class: z.enum(connectorClasses).describe("What the connector claims of its target"),
  connector_version: z.int(),
  stale: z.boolean().describe("True once the connector has changed since: what was proved may not hold"),
  status: z.enum(certificationStatuses),
  arguments: Arguments,
  bad_arguments: Arguments.nullable(),
  checks: z.array(CheckResult),
  requested_by: z.string(),
  requested_by_name: z.string().nullable(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});
export type CertificationView = z.output<typeof CertificationView>;

export const CertificationFilter = ListQuery.extend({
  connector: IdOrKey.optional(),
  action: IdOrKey.optional(),
});
export type CertificationFilter = z.output<typeof CertificationFilter>;
export const CertificationId = z.object({ certification: z.string().min(1).max(64) });

const shared = { tag: "Certifications", security: "key" } as const;

export const startCertificationEndpoint = endpoint({
  ...shared,
  id: "startCertification",
  method: "POST",
  path: "/api/v1/certifications",
  summary: "Prove what a connector claims of its target",
  description:
    "For admins. The target is really called, and the arguments are really carried out: point the connector at a sandbox. A worker asks within seconds; read the run again until it is no longer `running`.",
  body: StartCertification,
  response: CertificationView,
  status: 202,
  problems: { 404: "not_found", 409: "stopped" },
});
export const listCertificationsEndpoint = endpoint({
  ...shared,
  id: "listCertifications",
  method: "GET",
  path: "/api/v1/certifications",
  summary: "List certification runs",
  description: "Newest first.",
  query: CertificationFilter,
  response: listOf(CertificationView),
  status: 200,
});
export const getCertificationEndpoint = endpoint({
  ...shared,
  id: "getCertification",
  method: "GET",
  path: "/api/v1/certifications/{certification}",
  summary: "Get a certification run",
  params: CertificationId,
  response: CertificationView,
  status: 200,
  problems: { 404: "not_found" },
});
export const certificationEndpoints = [
  startCertificationEndpoint,
  listCertificationsEndpoint,
  getCertificationEndpoint,
] as const;
