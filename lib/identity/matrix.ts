import type { Role, Scope } from "./schema";

type Grant = { roles: readonly Role[]; scopes?: readonly Scope[] };

/**
 * Who may do what. The one source for code, tests and the members page; anything not named here is refused.
 * No human role may submit decisions, and no key may rule: separation of duties.
 */
export const matrix = {
  "decisions.submit": { roles: [], scopes: ["decisions:write"] },
  "decisions.read": {
    roles: ["reviewer", "auditor", "admin"],
    scopes: ["decisions:read", "decisions:write"],
  },
  "decisions.cancel": { roles: ["admin"], scopes: ["decisions:cancel"] },
  /** Taking an approval back while its action is held. */
  "decisions.undo": { roles: ["reviewer", "admin"], scopes: ["decisions:cancel"] },
  "decisions.feedback": { roles: ["reviewer", "auditor", "admin"], scopes: ["feedback:write"] },
  "decisions.outcome": { roles: ["admin"], scopes: ["feedback:write"] },
  "reviews.read": { roles: ["reviewer", "auditor", "admin"] },
  "reviews.rule": { roles: ["reviewer"] },
  /** Passing a review on: whoever may take it, a lead of its queue, an admin. The verb checks which. */
  "reviews.forward": { roles: ["reviewer", "admin"] },
  "queues.read": { roles: ["reviewer", "auditor", "admin"] },
  "queues.write": { roles: ["admin"] },
  /** Members, skills, absences and who does what: the verb asks for a lead of the queue, or an admin. */
  "queues.lead": { roles: ["reviewer", "admin"] },
  /** Saying that one is away. */
  "people.away": { roles: ["reviewer", "auditor", "admin"] },
  /** The team's own words on a decision; no app ever sees them. */
  "notes.read": { roles: ["reviewer", "auditor", "admin"] },
  "notes.write": { roles: ["reviewer", "auditor", "admin"] },
  /** One's own figures; nobody else's. */
  "reviewers.own": { roles: ["reviewer"] },
  /** Of a queue one leads; an admin who does not lead it sees pseudonyms. The verb checks the lead. */
  "reviewers.read": { roles: ["reviewer", "admin"] },
  /** Arrivals against people's hours; nothing in it is about one person. */
  "attention.read": { roles: ["reviewer", "auditor", "admin"] },
  /** Known answers of a queue: its lead, and admins. The verb checks the lead. */
  "gold.write": { roles: ["reviewer", "admin"] },
  /** Approving alone what needs several, by a lead of its queue, with a reason: the verb asks for the lead. */
  "reviews.break_glass": { roles: ["reviewer"] },
  "approval_rules.read": { roles: ["reviewer", "auditor", "admin"] },
  "approval_rules.write": { roles: ["admin"] },
  /** Lending one's own authority; ending it is also an admin's. */
  "delegations.read": { roles: ["reviewer", "auditor", "admin"] },
  "delegations.lend": { roles: ["reviewer"] },
  "delegations.revoke": { roles: ["reviewer", "admin"] },
  "executions.read": { roles: ["reviewer", "auditor", "admin"], scopes: ["decisions:read"] },
  "executions.look_up": { roles: ["reviewer", "admin"] },
  "executions.resolve": { roles: ["reviewer", "admin"] },
  "executions.retry": { roles: ["reviewer", "admin"] },
  /** Proposing to undo what was carried out; somebody else approves it. */
  "executions.compensate": { roles: ["reviewer", "admin"] },
  "reconciliations.read": { roles: ["reviewer", "auditor", "admin"] },
  "reconciliations.run": { roles: ["reviewer", "admin"] },
  "audits.read": { roles: ["auditor", "admin"] },
  "audits.judge": { roles: ["auditor"] },
  /** Writing and drawing sampling plans and rubrics. */
  "audits.plan": { roles: ["auditor", "admin"] },
  /** Choosing one decision to be judged; whoever sent it does not judge it. */
  "audits.send": { roles: ["auditor", "admin"] },
  /** What comes out is what the exporter's own lists show; the list's own capability is asked again. */
  "exports.make": { roles: ["reviewer", "auditor", "admin"] },
  "views.save": { roles: ["reviewer", "auditor", "admin"] },
  "evaluations.read": { roles: ["reviewer", "auditor", "admin"], scopes: ["decisions:read"] },
  "stops.stop": { roles: ["reviewer", "admin"] },
  "stops.resume": { roles: ["admin"] },
  /** Telling the person a decision is about: a link that says what was decided and takes their word. */
  "appeals.offer": { roles: ["reviewer", "admin"], scopes: ["decisions:write"] },
  "appeals.read": { roles: ["reviewer", "auditor", "admin"] },
  "appeals.resolve": { roles: ["reviewer"] },
  /** One's own bell and preferences. */
  "notices.read": { roles: ["reviewer", "auditor", "admin"] },
  /** Channels and what became of messages. */
  "notices.manage": { roles: ["admin"] },
  "contracts.read": { roles: ["reviewer", "auditor", "admin"], scopes: ["decisions:read"] },
  /** Writing terms and proposing more autonomy; the verb sees to it that another admin signs. */
  "contracts.write": { roles: ["admin"] },
  "contracts.sign": { roles: ["admin"] },
  /** Taking autonomy back needs nobody's second opinion. */
  "contracts.step_down": { roles: ["reviewer", "admin"] },
  "policies.read": { roles: ["reviewer", "auditor", "admin"] },
  "policies.write": { roles: ["admin"] },
  "policies.publish": { roles: ["admin"] },
  /**
   * Personal data in evidence as it is: whoever has to judge a case. Admins see it masked while its agent is on, since
   * setting things up asks for nobody's address.
   */
  "evidence.read_personal": { roles: ["reviewer", "auditor"], scopes: ["decisions:read", "decisions:write"] },
  "agents.read": { roles: ["reviewer", "auditor", "admin"] },
  "agents.write": { roles: ["admin"] },
  "replays.read": { roles: ["auditor", "admin"] },
  "replays.run": { roles: ["admin"] },
  /** What people and machines said against each other, and why it went wrong. */
  "discrepancies.read": { roles: ["reviewer", "auditor", "admin"] },
  /** Saying which cause it was: somebody who may judge, not only look. */
  "discrepancies.confirm": { roles: ["auditor", "admin"] },
  "issues.write": { roles: ["auditor", "admin"] },
  "feedback.import": { roles: ["admin"], scopes: ["feedback:write"] },
  /** A link for one decision, to be given to the customer it is about. */
  "feedback.offer": { roles: ["reviewer", "admin"], scopes: ["feedback:write", "decisions:write"] },
  "models.read": { roles: ["auditor", "admin"] },
  "models.write": { roles: ["admin"] },
  "prompts.read": { roles: ["auditor", "admin"] },
  "prompts.write": { roles: ["admin"] },
  /** A decision made here from an input, by the app's active prompt. */
  "runs.make": { roles: [], scopes: ["decisions:write"] },
  /** Trying a prompt: costs money, decides nothing. */
  "runs.try": { roles: ["admin"] },
  "runs.read": { roles: ["auditor", "admin"] },
  "evaluators.read": { roles: ["auditor", "admin"], scopes: ["decisions:read"] },
  "evaluators.write": { roles: ["admin"] },
  /** A team's own program gives scores; a person's ruling is what it is measured against. */
  "scores.give": { roles: ["auditor", "admin"], scopes: ["feedback:write"] },
  "datasets.read": { roles: ["auditor", "admin"] },
  "datasets.write": { roles: ["admin"] },
  "experiments.read": { roles: ["auditor", "admin"] },
  "experiments.run": { roles: ["admin"] },
  "monitors.read": { roles: ["reviewer", "auditor", "admin"] },
  "monitors.write": { roles: ["admin"] },
  "incidents.handle": { roles: ["reviewer", "admin"] },
  /** Training files hold evidence: who sees it masked downloads masked files only. */
  "learning.read": { roles: ["auditor", "admin"] },
  "learning.export": { roles: ["admin"] },
  "learning.train": { roles: ["admin"] },
  /** The second admin's signature: the verb sees to it that nobody signs what they proposed. */
  "learning.sign": { roles: ["admin"] },
  /** An app that runs its model itself fetches the one that is in force. */
  "artifacts.pull": { roles: ["auditor", "admin"], scopes: ["decisions:write"] },
  "budgets.read": { roles: ["reviewer", "auditor", "admin"], scopes: ["decisions:read"] },
  /** What lets more be carried out takes a second admin's signature: the verb sees to it. */
  "budgets.write": { roles: ["admin"] },
  "apps.read": { roles: ["reviewer", "auditor", "admin"] },
  "apps.write": { roles: ["admin"] },
  "autonomy.write": { roles: ["admin"] },
  "connectors.write": { roles: ["admin"] },
  /** Calls the target for real, to prove what its connector claims. */
  "connectors.certify": { roles: ["admin"] },
  "members.read": { roles: ["auditor", "admin"] },
  "members.write": { roles: ["admin"] },
  "keys.read": { roles: ["auditor", "admin"] },
  "keys.write": { roles: ["admin"] },
  "tokens.write": { roles: ["reviewer", "auditor", "admin"] },
  /** The person's own shortcuts. */
  "keymap.write": { roles: ["reviewer", "auditor", "admin"] },
  "journal.read": { roles: ["auditor", "admin"] },
  "settings.open": { roles: ["auditor", "admin"] },
  "demo.control": { roles: ["reviewer", "auditor", "admin"] },
  /** The worker, the seed and timers: never granted to a person or a key. */
  "system.run": { roles: [] },
} as const satisfies Record<string, Grant>;

export type Capability = keyof typeof matrix;
export const capabilities = Object.keys(matrix) as Capability[];

/** True when the role holds the capability. */
export function roleMay(role: Role, capability: Capability): boolean {
  const granted: readonly Role[] = matrix[capability].roles;
  return granted.includes(role);
}

/** True when a key with these scopes holds the capability. */
export function scopesMay(held: readonly Scope[], capability: Capability): boolean {
  const grant: Grant = matrix[capability];
  return (grant.scopes ?? []).some((scope) => held.includes(scope));
}
