import { inArray, sql } from "drizzle-orm";
import { decisionTypes } from "@/db/schema";
import type { Database } from "@/db/client";
import type {
  AutonomyLevel,
  ConnectorClass,
  QueueOrder,
  Reversibility,
  SeverityMinutes,
} from "@/lib/apps/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { AgentInForce } from "@/lib/policies/moderation/agent-in-force";
import type { LiveVersion } from "@/lib/policies/server/load-policies";
import type { Contract, Stop } from "@/lib/routing/route-decision";
import type { Calibration } from "@/lib/routing/calibrated";
import { hotRowsOf } from "@/lib/server/rows";

/** A queue as it was when the decision came in. */
export type QueueInForce = {
  id: string;
  name: string;
  rule: string | null;
  order: QueueOrder;
  slaMinutes: SeverityMinutes;
};

/** Everything that routing one app's decision of one type needs, read in the transaction that stores it. */
export type TypeInForce = {
  appId: string;
  appKey: string;
  typeKey: string;
  typeId: string;
  typeName: string;
  typeVersion: number;
  summaryTemplate: string;
  /** Where its reviews go when no queue's rule takes them. */
  queue: QueueInForce;
  /** Every queue with a rule, in the order in which they are asked. */
  ruledQueues: readonly QueueInForce[];
  reversibility: Reversibility;
  costWrongYes: number;
  costWrongNo: number;
  amountPointer: string | null;
  currencyPointer: string | null;
  currency: string;
  level: AutonomyLevel;
  threshold: number | null;
  declineThreshold: number | null;
  auditRate: number;
  amountCap: number | null;
  slaMinutes: number;
  approvalTtlMinutes: number;
  action: {
    id: string;
    key: string;
    connectorId: string;
    connectorVersion: number;
    class: ConnectorClass;
    maxAttempts: number;
    /** The undo window: nothing is sent for so long after an approval. */
    holdSeconds: number;
  } | null;
  stops: Stop[];
  contracts: readonly Contract[];
  calibrations: readonly Calibration[];
  /** Of the app's and the organisation's policies, in the order in which they are asked. */
  policies: readonly LiveVersion[];
  /** The published versions as one text, equal exactly when the same ones are in force. */
  policyStamp: string;
  /** What looks for harm in its text. */
  agents: readonly AgentInForce[];
};

type Row = Omit<
  TypeInForce,
  | "action"
  | "stops"
  | "contracts"
  | "calibrations"
  | "queue"
  | "ruledQueues"
  | "costWrongYes"
  | "costWrongNo"
  | "policies"
  | "policyStamp"
  | "agents"
> & {
  queueId: string;
  queueName: string;
  queueOrder: QueueOrder;
  queueSla: SeverityMinutes;
  ruledQueues: string | null;
  costWrongYes: number | string;
  costWrongNo: number | string;
  actionId: string | null;
  actionKey: string | null;
  connectorId: string | null;
  connectorVersion: number | null;
  connectorClass: ConnectorClass | null;
  maxAttempts: number | null;
  holdSeconds: number | null;
  stops: Stop[] | null;
  contracts: Contract[] | null;
  calibrations: Calibration[] | null;
  policies: LiveVersion[] | null;
  agents: AgentInForce[] | null;
};

/** The map's key of one app and type. */
export const pairKey = (appId: string, typeKey: string) => `${appId} ${typeKey}`;

/** What is in force for these pairs of app and type key; a pair that names no live type is absent. One query. */
export async function loadTypes(
  db: Database,
  orgId: string,
  pairs: readonly { appId: string; typeKey: string }[],
): Promise<Map<string, TypeInForce>> {
  const rows = await hotRowsOf<Row>(
    db,
    sql`select a.id as "appId", a.key as "appKey", t.key as "typeKey", t.id as "typeId", t.name as "typeName",
        t.version as "typeVersion", t.summary_template as "summaryTemplate", q.id as "queueId", q.name as "queueName",
        q.order_by as "queueOrder", q.sla_minutes as "queueSla", t.reversibility, t.cost_wrong_yes as "costWrongYes",
        t.cost_wrong_no as "costWrongNo",
        t.amount_pointer as "amountPointer", t.currency_pointer as "currencyPointer", t.currency,
        coalesce(au.level, 'review_all') as level, au.threshold, au.decline_threshold as "declineThreshold",
        coalesce(au.audit_rate, 1) as "auditRate", au.amount_cap as "amountCap",
        coalesce(au.sla_minutes, 240) as "slaMinutes", ca.id as "actionId", ca.key as "actionKey",
        c.id as "connectorId", c.version as "connectorVersion", c.class as "connectorClass",
        coalesce((c.config ->> 'max_attempts')::int, 8) as "maxAttempts",
        coalesce((ca.config ->> 'hold_seconds')::int, 0) as "holdSeconds", t.approval_ttl_minutes as "approvalTtlMinutes",
        (select json_agg(json_build_object('scope', s.scope, 'reason', s.reason)
            order by array_position(array['global', 'app', 'type', 'connector'], s.scope)) from stops s
          where s.org_id = ${orgId} and s.active and (s.scope, s.scope_id) in
            (('global', ${orgId}), ('app', a.id), ('type', t.id), ('connector', c.id))) as stops,
        (select json_agg(json_build_object('id', k.id, 'epochId', k.epoch_id, 'predicted', k.predicted,
            'amountFrom', k.amount_from, 'amountTo', k.amount_to, 'level', k.level, 'threshold', k.threshold,
            'auditRate', k.audit_rate, 'rampShare', k.ramp_share, 'pins', ep.pins) order by k.id)
          from contracts k join contract_epochs ep on ep.id = k.epoch_id where k.app_id = a.id and k.type_id = t.id and k.archived_at is null) as contracts,
        (select json_agg(json_build_object('id', m.id, 'predicted', m.predicted, 'kind', m.kind,
            'parameters', m.parameters))
          from calibration_maps m where m.app_id = a.id and m.type_id = t.id and m.retired_at is null) as calibrations,
        (select json_agg(json_build_object('id', v.id, 'revision', p.version, 'shadow', v.status = 'shadow')
            order by p.position, p.id, v.id)
          from policy_versions v join policies p on p.id = v.policy_id
          where v.org_id = ${orgId} and v.status in ('shadow', 'published') and p.archived_at is null
            and (p.app_id is null or p.app_id = a.id)) as policies,
        (select json_agg(json_build_object('key', g.key, 'kind', g.kind, 'name', g.name, 'version', g.version,
            'thresholds', coalesce(g.config -> 'thresholds', '{}'::jsonb)) order by g.key)
          from moderation_agents g where g.org_id = ${orgId} and g.enabled) as agents,
        (select json_agg(json_build_object('id', r.id, 'name', r.name, 'rule', r.rule, 'order', r.order_by,
            'slaMinutes', r.sla_minutes) order by r.position, r.id)::text
          from queues r where r.org_id = ${orgId} and r.rule is not null and r.archived_at is null) as "ruledQueues"
      from json_to_recordset(${JSON.stringify(pairs)}::json) as pair("appId" text, "typeKey" text)
      join apps a on a.id = pair."appId" and a.org_id = ${orgId} and a.archived_at is null
      join decision_types t on t.key = pair."typeKey" and t.org_id = ${orgId} and t.archived_at is null
      join queues q on q.id = t.queue_id
      left join autonomies au on au.app_id = a.id and au.type_id = t.id
      left join connector_actions ca on ca.id = t.action_id
      left join connectors c on c.id = ca.connector_id`,
  );
  // The same for every row.
  const ruled = ruledOf(rows[0]?.ruledQueues ?? null);
  return new Map(rows.map((row) => [pairKey(row.appId, row.typeKey), inForce(row, ruled)]));
}

function ruledOf(json: string | null): QueueInForce[] {
  // Written by the query itself.
  return json === null ? [] : (JSON.parse(json) as QueueInForce[]);
}

/** Which published versions are in force, whatever their order: the strictest of them wins in any. */
function stampOf(policies: readonly LiveVersion[]): string {
  return policies
    .filter(({ shadow }) => !shadow)
    .map(({ id }) => id)
    .toSorted()
    .join(" ");
}

function inForce(row: Row, ruledQueues: readonly QueueInForce[]): TypeInForce {
  const {
    actionId,
    actionKey,
    connectorId,
    connectorVersion,
    connectorClass,
    maxAttempts,
    holdSeconds,
    stops,
    queueId,
    queueName,
    queueOrder,
    queueSla,
    ruledQueues: _,
    ...rest
  } = row;
  const complete = actionId && actionKey && connectorId && connectorVersion !== null && connectorClass;
  return {
    ...rest,
    queue: { id: queueId, name: queueName, rule: null, order: queueOrder, slaMinutes: queueSla },
    ruledQueues,
    costWrongYes: Number(row.costWrongYes),
    costWrongNo: Number(row.costWrongNo),
    stops: stops ?? [],
    contracts: row.contracts ?? [],
    calibrations: row.calibrations ?? [],
    policies: row.policies ?? [],
    policyStamp: stampOf(row.policies ?? []),
    agents: row.agents ?? [],
    action: complete
      ? {
          id: actionId,
          key: actionKey,
          connectorId,
          connectorVersion,
          class: connectorClass,
          maxAttempts: maxAttempts ?? 8,
          holdSeconds: holdSeconds ?? 0,
        }
      : null,
  };
}

export type TypeSchemas = { input: JsonObject; arguments: JsonObject };
const schemas = new Map<string, TypeSchemas>();
const maxCached = 500;

/** The JSON Schemas of types, by `id@version`; they are large and never change within a version, so kept. */
export async function schemasOf(
  db: Database,
  types: Iterable<TypeInForce>,
): Promise<Map<string, TypeSchemas>> {
  const wanted = new Map([...types].map((type) => [`${type.typeId}@${type.typeVersion}`, type.typeId]));
  const missing = [...wanted].filter(([key]) => !schemas.has(key)).map(([, id]) => id);
  if (missing.length > 0) {
    const found = await db
      .select({
        id: decisionTypes.id,
        version: decisionTypes.version,
        input: decisionTypes.inputSchema,
        arguments: decisionTypes.argumentsSchema,
      })
      .from(decisionTypes)
      .where(inArray(decisionTypes.id, missing));
    if (schemas.size > maxCached) schemas.clear();
    for (const type of found)
      schemas.set(`${type.id}@${type.version}`, { input: type.input, arguments: type.arguments });
  }
  return new Map(
    [...wanted.keys()].flatMap((key) => {
      const pair = schemas.get(key);
      return pair ? [[key, pair] as const] : [];
    }),
  );
}
