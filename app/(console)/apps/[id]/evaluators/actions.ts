"use server";

import { AskRuling, RuleOnScore } from "@/lib/evaluators/rulings";
import { createEvaluatorRule, updateEvaluatorRule } from "@/lib/evaluators/server/change-rules";
import { addEvaluatorVersion, createEvaluator } from "@/lib/evaluators/server/create-evaluator";
import { nextRuling } from "@/lib/evaluators/server/next-ruling";
import { retryScore } from "@/lib/evaluators/server/retry-score";
import { ruleOnScore } from "@/lib/evaluators/server/rule-on-score";
import { tryEvaluator } from "@/lib/evaluators/server/try-evaluator";
import {
  archiveEvaluator,
  restoreEvaluator,
  updateEvaluator,
} from "@/lib/evaluators/server/update-evaluator";
import {
  AddEvaluatorVersion,
  CreateEvaluator,
  CreateRule,
  EvaluatorRef,
  RestoreEvaluator,
  ScoreRef,
  TryEvaluator,
  UpdateEvaluator,
  UpdateRule,
} from "@/lib/evaluators/views";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const createEvaluatorAction = action(userActionContext, CreateEvaluator, createEvaluator);
export const addVersionAction = action(userActionContext, AddEvaluatorVersion, addEvaluatorVersion);
export const updateEvaluatorAction = action(userActionContext, UpdateEvaluator, updateEvaluator);
export const archiveEvaluatorAction = action(userActionContext, EvaluatorRef, archiveEvaluator);
export const restoreEvaluatorAction = action(userActionContext, RestoreEvaluator, restoreEvaluator);
export const createRuleAction = action(userActionContext, CreateRule, createEvaluatorRule);
export const updateRuleAction = action(userActionContext, UpdateRule, updateEvaluatorRule);
export const tryEvaluatorAction = action(userActionContext, TryEvaluator, tryEvaluator);
export const retryScoreAction = action(userActionContext, ScoreRef, retryScore);
export const nextRulingAction = action(userActionContext, AskRuling, nextRuling);
export const ruleOnScoreAction = action(userActionContext, RuleOnScore, ruleOnScore);
