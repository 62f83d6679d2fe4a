import type { Phrase } from "../text/phrases";

/**
 * What orders to a model are made of. A weight is how sure the phrase alone makes us; several different ones in a text
 * are taken together. What a customer may well write of an order of goods weighs less than the threshold alone.
 */
export const injectionPhrases: readonly Phrase[] = [
  ...phrases("instruction_override", [
    ["forget_prior_orders", 0.92, ["forget|despite", "prior", "orders"], 4],
    ["forget_orders", 0.6, ["forget|despite", "orders"], 4],
    ["orders_forget", 0.75, ["prior", "orders", "forget"], 3],
    ["forget_prior_matters", 0.62, ["forget|despite", "prior", "matters"], 1],
    ["forget_all_prior", 0.7, ["forget", "everything|prior", "prior"], 2],
    ["forget_everything", 0.55, ["forget", "everything"], 1],
    ["forget_matters", 0.35, ["forget|despite", "matters"], 5],
    ["forget_above", 0.5, ["forget", "above"], 2],
    ["change_your_orders", 0.7, ["change", "your", "orders"], 0],
    ["orders_are_void", 0.75, ["prior|your", "orders|matters", "be", "irrelevant"], 6],
    ["orders_void", 0.6, ["prior|your", "orders", "irrelevant"], 8],
    ["above_forget", 0.6, ["prior", "orders", "forget"], 5],
    ["despite_told", 0.5, ["despite", "matters"], 4],
    ["new_task", 0.55, ["new", "task"], 1],
    ["your_new_task", 0.65, ["your", "new", "task"], 1],
    ["orders_are_now", 0.75, ["your", "task", "be", "now"], 1],
    ["now_task", 0.35, ["now", "new|your", "task"], 2],
  ]),
  ...phrases("role_change", [
    ["you_act_as", 0.72, ["you", "act", "as"], 2],
    ["you_act", 0.62, ["you", "as", "act"], 8],
    ["pretend_to_be", 0.62, ["act", "you|be", "be|you"], 1],
    ["pretend_you", 0.6, ["act", "you"], 2],
    ["now_you_are", 0.65, ["now", "be", "you"], 0],
    ["you_are_now", 0.6, ["you", "be", "now"], 0],
    ["as_a_model", 0.62, ["you", "as", "model"], 3],
    ["own_knowledge", 0.6, ["yours", "knowledge"], 1],
    ["imagined_world", 0.55, ["act", "world"], 6],
    ["mode", 0.7, ["free", "mode"], 0],
    ["you_without_limits", 0.6, ["you", "without", "limits"], 6],
  ]),
  {
    id: "you_are_a",
    category: "role_change",
    weight: 0.38,
    steps: ["you", "be", "kind"],
    atStart: true,
  },
  { id: "command_at_start", category: "forced_output", weight: 0.25, steps: ["say"], atStart: true },
  { id: "act_as", category: "role_change", weight: 0.62, steps: ["act", "as"], atStart: true },
  ...phrases("prompt_leak", [
    ["show_your_prompt", 0.9, ["show", "your", "prompt"], 3],
    ["what_are_your_orders", 0.75, ["what", "be", "your", "prompt"], 1],
    ["what_is_written_above", 0.75, ["what", "written", "above"], 3],
    ["show_above", 0.5, ["show", "above"], 2],
  ]),
  ...phrases("forced_output", [
    ["only_say", 0.38, ["only", "say"], 2],
    ["say_only", 0.38, ["say", "only"], 1],
    ["now_say", 0.3, ["now", "say"], 2],
    ["order_say", 0.3, ["forget", "say"], 6],
    ["make_up", 0.62, ["invent", "something", "up"], 0],
    ["create_text", 0.45, ["say", "piece"], 4],
    ["end_say", 0.6, ["stop", "say"], 1],
  ]),
  ...phrases("verdict_steering", [
    ["approve_without_review", 0.8, ["approve", "without", "review"], 6],
    ["mark_approved", 0.5, ["approve", "as", "approved"], 4],
    ["model_must_approve", 0.75, ["model", "must", "approve"], 3],
  ]),
  ...phrases("tool_abuse", [
    ["run_command", 0.5, ["run", "machine"], 3],
    ["act_as_machine", 0.4, ["act", "as", "machine"], 4],
  ]),
];

type Row = [id: string, weight: number, steps: string[], gap: number];

function phrases(category: string, rows: readonly Row[]): Phrase[] {
  return rows.map(([id, weight, steps, gap]) => ({ id, category, weight, steps, gap }));
}
