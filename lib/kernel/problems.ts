/**
 * Every problem the API can answer, by its stable code: a title, and what to do about it. Each has a page at
 * /docs/errors/<code>, which is the `type` of its RFC 9457 document.
 */
export const problems = {
  malformed_json: ["The body is not JSON", "Send one JSON document (RFC 8259) in UTF-8."],
  body_too_large: [
    "The body is too large",
    "Send at most the size named in the detail; split large batches.",
  ],
  body_too_deep: ["The body is nested too deeply", "Keep arrays and objects at most 32 levels deep."],
  body_too_complex: ["The body has too many values", "Send fewer or smaller values."],
  unsupported_media_type: ["The content type is not supported", "Send Content-Type: application/json."],
  unauthenticated: [
    "Who is calling is not known",
    "Send Authorization: Bearer <key>, with a key that is neither expired nor revoked.",
  ],
  forbidden: [
    "The caller may not do this",
    "Use a key with the scope, or a person with the role, that the detail names.",
  ],
  foreign_origin: [
    "The request came from another site",
    "Call from the application's own pages, or over the API with a key.",
  ],
  not_found: ["Not found", "Check the id, and that the key belongs to the app that owns it."],
  method_not_allowed: ["The method is not allowed here", "See the Allow header and the API reference."],
  validation_failed: [
    "The request was read, and is wrong",
    "Each entry of errors says where (pointer), what, and how to fix it.",
  ],
  unknown_decision_type: ["There is no such decision type", "Create the type first, or check its key."],
  idempotency_key_required: [
    "A decision needs a key",
    "Send an Idempotency-Key header or an external_id, so that a retry cannot act twice.",
  ],
  idempotency_key_invalid: [
    "The Idempotency-Key cannot be used",
    "Send 1 to 255 printable ASCII characters.",
  ],
  idempotency_key_reused: [
    "This key was used for another request",
    "Use a new key for a new decision; a retry must repeat the first body exactly.",
  ],
  conflict: ["Somebody or something was first", "Read the current state and decide again."],
  system_unreachable: [
    "The connected system cannot be asked",
    "Check its address and credential, and that it is up.",
  ],
  unreadable_document: [
    "The document cannot be read",
    "Send an OpenAPI 3.0 to 3.2 document, as JSON or YAML, that holds all it refers to.",
  ],
  document_changed: ["The document is another one now", "Read it again and pick from what it says now."],
  stopped: ["Automation is stopped", "An admin resumes it; nothing is sent before."],
  stale_version: [
    "This was changed by somebody else",
    "Read it again and apply your change to the new version.",
  ],
  review_claimed: ["Another reviewer holds this review", "Wait for the lease to end, or take another one."],
  queue_in_use: [
    "This queue is still in use",
    "The detail says by what: pass its reviews on, give the type another queue, or escalate elsewhere.",
  ],
  invalid_rule: ["This is not a usable rule", "The error says where in the rule, and how to write it."],
  load_cap_reached: [
    "You hold as many as you may",
    "Rule on one of them, or give one back; the queue's load cap says how many.",
  ],
  review_already_resolved: ["This review is already resolved", "Read the decision to see who ruled and how."],
  too_fast: [
    "This needs a longer look first",
    "Open the review and rule once seconds_left have passed; the queue asks for it at this amount.",
  ],
  review_expired: ["The time for this review is over", "Nothing was done; the app may submit it again."],
  verdict_not_supported: ["This queue does not give this verdict", "The detail says which it gives."],
  cannot_observe: [
    "What this would change cannot be seen",
    "Nobody approves what cannot be seen: try again once its system answers; a 422 says that what this is about is not there.",
  ],
  answer_first: ["A blind review waits for an answer", "Answer the review; the decision is shown then."],
  personal_data: ["There may be personal data in it", "Ask somebody whose role sees personal data."],
  own_proposal: ["You proposed this yourself", "Ask somebody else to approve it; you may decline it."],
  training_under_way: ["A round of training is under way", "Wait for it, or decline what it made."],
  training_not_there: [
    "It is not there yet, or no longer",
    "Read where it stands; its report says what comes next.",
  ],
  own_decision: ["You had a part in this decision", "An appeal is answered by somebody who had none."],
  own_side: ["Your own ruling is one of the sides", "Ask another auditor, or an admin, which cause it was."],
  not_attachable: [
    "These do not belong to this issue",
    "Attach confirmed discrepancies of the issue's app, type and cause; the detail names the first that is not.",
  ],
  set_not_passed: [
    "The issue's regression set has not passed",
    "The detail says what is missing: the set, an experiment over it, or a gate that passed.",
  ],
  not_decided: ["It is not decided yet", "Tell the person once the decision was made."],
  own_edit: ["You changed what is to be approved", "Ask somebody else to approve it; you may decline it."],
  excluded_person: ["You are kept from ruling on this", "Leave it to another reviewer."],
  recent_change: [
    "You changed what this rests on in the last 24 hours",
    "Ask somebody else to approve it, or wait until 24 hours have passed; you may decline it.",
  ],
  already_approved: ["Your approval is on it already", "Ask another person for the next one."],
  not_named: ["This stage names other people", "Ask one of them; the detail says who."],
  lacks_skill: ["This stage needs a skill you do not have", "Ask somebody who has it, or have it entered."],
  not_a_member: ["You are not a member of this queue", "Ask one of its members."],
  not_a_lead: ["Only a lead of the queue may break the glass", "Ask one of its leads."],
  quorum_possible: [
    "The approvals can still be had",
    "Ask for them; the glass is for when too few people are left, or nobody came in time.",
  ],
  preview_not_yours: [
    "This is no preview of yours",
    "Ask for a preview and apply its token as it is, as the same person.",
  ],
  preview_expired: ["The preview is too old", "Ask for another one; it holds for ten minutes."],
  preview_outdated: [
    "Something changed since the preview",
    "Nothing was ruled on. Ask for another preview of the reviews that still wait.",
  ],
  undo_window_over: [
    "It has taken effect",
    "It can no longer be taken back here; propose to undo it, or a new decision.",
  ],
  not_compensable: [
    "This cannot be undone from here",
    "Its type names no compensation, or the execution did not succeed.",
  ],
  already_compensated: [
    "Somebody proposed to undo this already",
    "Look at the decision that the problem names; another is possible once that one is declined.",
  ],
  state_changed: [
    "It is no longer as the execution left it",
    "See which fields differ, and submit a new decision for what should be so now.",
  ],
  too_late_to_cancel: [
    "The decision can no longer be cancelled",
    "It was decided or its action was already claimed.",
  ],
  own_approval: [
    "You approved this decision",
    "Ask another reviewer or an admin: whoever approved an act does not settle what became of it.",
  ],
  approval_lapsed: ["The approval has lapsed", "Propose a new decision; an old approval is not used again."],
  lookup_first: [
    "Nobody has looked whether it happened",
    "Look it up first, or send without_lookup to have it sent all the same.",
  ],
  invalid_signature: [
    "The signature is not valid",
    "Sign {webhook-id}.{webhook-timestamp}.{body} with the connector's callback secret (Standard Webhooks).",
  ],
  unknown_execution: ["There is no such execution", "Send the action_key that the request carried."],
  send_under_way: ["Another send of it is under way", "Report again after the seconds in Retry-After."],
  no_ledger: ["This connector has no ledger", "Say in one of its actions how the system's own list is read."],
  lease_lost: ["You no longer hold this item", "Claim it again; somebody else may have it."],
  blind_answer_required: ["Answer first", "Give your own answer before the model's is shown."],
  key_taken: ["This name is already used", "Choose another key."],
  threshold_not_certified: [
    "Threshold cannot be certified",
    "Take a certified threshold, or wait for the labels that the detail counts.",
  ],
  segment_taken: [
    "Another contract covers this already",
    "Choose a band of amounts beside it, or archive that contract.",
  ],
  needs_two: ["This takes two admins", "Propose it; another admin signs."],
  expanded_today: [
    "It has let more run alone today already",
    "Sign it tomorrow: a contract expands once a UTC day at most.",
  ],
  proposal_open: [
    "Something is proposed already",
    "Have it signed, declined or withdrawn; a contract has one open proposal.",
  ],
  proposal_lapsed: [
    "The proposal has lapsed",
    "It is not as it was when this was proposed: look again, and propose anew.",
  ],
  invalid_schema: [
    "This is not a usable JSON Schema",
    "Write a JSON Schema 2020-12 object; the pointer says where it fails.",
  ],
  weak_password: ["The password is too easy to guess", "Use 15 characters or more: several unrelated words."],
  wrong_password: ["The current password is wrong", "Type the password you signed in with."],
  one_time_link_used: [
    "The link or token no longer works",
    "Ask for a new one; each works once and for a limited time.",
  ],
  own_role: ["Nobody changes their own access", "Ask another admin."],
  last_admin: ["The last admin stays", "Make somebody else an admin first."],
  secret_required: [
    "The secret is needed again",
    "A credential is never sent to an address it was not entered for: send it again, or null to remove it.",
  ],
  feedback_link_invalid: [
    "This is no feedback link of ours",
    "Use the token exactly as it was made; ask for a new one if it was cut off or changed.",
  ],
  feedback_link_expired: ["The time for this feedback is over", "Ask for a new link."],
  import_finished: ["The import is finished", "There is nothing left to cancel."],
  import_not_readable: ["The file cannot be taken in", "The detail says what is wrong with it and where."],
  encryption_key_missing: [
    "Secrets cannot be kept",
    "Set COUNTERSIGN_ENCRYPTION_KEY to 32 bytes in base64 and start again.",
  ],
  secret_unreadable: [
    "A stored secret cannot be read",
    "Start with the encryption key it was sealed with, or enter the secret again.",
  ],
  too_many_exports: [
    "Too many exports are under way",
    "Wait until one of yours is finished, or cancel one, then ask again.",
  ],
  export_not_finished: ["The export is not finished", "Ask for it until its status is done."],
  export_finished: ["The export is finished", "There is nothing left to cancel; its file goes by itself."],
  policy_in_force: [
    "The policy is in force",
    "Publish a version without rules first; that takes a second admin.",
  ],
  no_draft: ["There is no draft", "Save one first."],
  in_shadow: ["The version runs in shadow", "Take it back to draft before you change it."],
  not_in_shadow: ["The version does not run in shadow", "Let it run in shadow first."],
  same_person: [
    "This takes a second person",
    "Ask another admin: whoever edited it last does not publish it.",
  ],
  fixtures_failed: ["A fixture does not pass", "Change the rule, or what the fixture expects of it."],
  replay_required: [
    "The draft was not replayed",
    "Run a replay of it over past decisions, open what it lists, then publish.",
  ],
  flips_unopened: [
    "Past decisions wait to be opened",
    "The replay that the problem names lists what the draft would have let act: open each.",
  ],
  replay_finished: ["The replay is finished", "There is nothing left to cancel."],
  dataset_not_ready: ["The dataset version is not ready", "Wait until it is built, or see why it failed."],
  dataset_archived: ["The dataset is archived", "Bring it back, or use another one."],
  dataset_in_use: ["An open issue is proved on this dataset", "Close the issue first."],
  experiment_not_running: ["The experiment does not run", "Read where it stands; resume it if it is paused."],
  experiment_not_paused: [
    "The experiment is not paused",
    "Read where it stands; there is nothing to resume.",
  ],
  experiment_finished: ["The experiment is finished", "There is nothing left to cancel."],
  nothing_to_ask: ["There is nothing to ask again", "Read which items have no answer, and why."],
  too_many_replays: ["Too many replays are under way", "Wait until one is finished, or cancel one."],
  model_in_use: [
    "A prompt version or a judge in use asks this model",
    "Add another model and a prompt version, or a version of the judge, that uses it; retire the old one.",
  ],
  model_archived: ["The model is archived", "Bring it back, or choose another one."],
  model_failed: [
    "The model gave no usable answer",
    "The run named in the problem says why. Repeat with a new key once the model answers.",
  ],
  no_active_prompt: ["The app has no active prompt for this", "Activate a prompt version of the app first."],
  run_under_way: [
    "The model is being asked for this key",
    "Wait for the seconds in Retry-After, then repeat the same request: nobody is asked twice.",
  ],
  prompt_not_draft: ["The version left the draft", "Its words stay as they are: make a new version from it."],
  gate_failed: [
    "It is measurably worse than what it would replace",
    "Change it and measure it again; a prompt version may be used all the same by saying so, and why.",
  ],
  not_measured: [
    "It was not measured beside what is in force",
    "Gather more labels, so that some can be kept apart, and train again.",
  ],
  prompt_archived: ["The prompt is archived", "Bring it back, or use another one."],
  prompt_in_force: ["A version of the prompt is in use", "First retire the one that is active or in shadow."],
  prompt_step_refused: ["The version cannot take this step", "The detail names where it stands."],
  too_few_labels: [
    "There are too few judged answers",
    "Let people rule on and audit more of its decisions, then fit again.",
  ],
  rate_limited: ["Too many requests", "Wait for the seconds in Retry-After, then try again."],
  overloaded: [
    "Too much is waiting",
    "Wait for the seconds in Retry-After, then send it again with the same key.",
  ],
  database_unavailable: ["The database does not answer", "Nothing was stored. Try again with the same key."],
  internal: ["Something broke on our side", "Try again with the same key; quote the request id if it lasts."],
} as const satisfies Record<string, readonly [title: string, fix: string]>;
export type ProblemCode = keyof typeof problems;

/** The title of a code, or the code itself for one that is not catalogued. */
export function titleOf(code: string): string {
  return Object.hasOwn(problems, code) ? problems[code as ProblemCode][0] : code.replaceAll("_", " ");
}
