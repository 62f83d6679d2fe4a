"use server";

import { z } from "zod";
import { NewExperiment } from "@/lib/experiments/experiments";
import { askAgain } from "@/lib/experiments/server/ask-again";
import { cancelExperiment } from "@/lib/experiments/server/cancel-experiment";
import { createExperiment } from "@/lib/experiments/server/create-experiment";
import { pauseExperiment } from "@/lib/experiments/server/pause-experiment";
import { resumeExperiment } from "@/lib/experiments/server/resume-experiment";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

const One = z.object({ experiment: z.string().min(1).max(64) });

export const createExperimentAction = action(userActionContext, NewExperiment, createExperiment);
export const pauseAction = action(userActionContext, One, pauseExperiment);
export const cancelAction = action(userActionContext, One, cancelExperiment);
export const resumeAction = action(
  userActionContext,
  One.extend({ cost_cap_micros: z.int().min(0).nullish() }),
  resumeExperiment,
);
export const askAgainAction = action(
  userActionContext,
  One.extend({ of: z.enum(["interrupted", "failed"]) }),
  askAgain,
);
