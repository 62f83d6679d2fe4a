"use server";

import { userActionContext } from "@/lib/identity/server/user-context";
import { CreateLearningExport, LearningExportRef } from "@/lib/learning/exports";
import { FineTuneRef, ResolveFineTune, StartFineTune } from "@/lib/learning/fine-tunes";
import { cancelFineTune } from "@/lib/learning/server/cancel-fine-tune";
import { cancelLearningExport } from "@/lib/learning/server/cancel-learning-export";
import { createLearningExport } from "@/lib/learning/server/create-learning-export";
import { declineTraining } from "@/lib/learning/server/decline-training";
import { proposeTraining } from "@/lib/learning/server/propose-training";
import { resolveFineTune } from "@/lib/learning/server/resolve-fine-tune";
import { restoreArtifact } from "@/lib/learning/server/restore-artifact";
import { signTraining } from "@/lib/learning/server/sign-training";
import { startFineTune } from "@/lib/learning/server/start-fine-tune";
import { startShadowTraining } from "@/lib/learning/server/start-shadow-training";
import { startTraining } from "@/lib/learning/server/start-training";
import { StartTraining, TrainingRef } from "@/lib/learning/trainings";
import { action } from "@/lib/server/action";

export const startTrainingAction = action(userActionContext, StartTraining, startTraining);
export const startShadowAction = action(userActionContext, TrainingRef, startShadowTraining);
export const proposeTrainingAction = action(userActionContext, TrainingRef, proposeTraining);
export const signTrainingAction = action(userActionContext, TrainingRef, signTraining);
export const declineTrainingAction = action(userActionContext, TrainingRef, declineTraining);
export const restoreArtifactAction = action(userActionContext, TrainingRef, restoreArtifact);
export const createLearningExportAction = action(
  userActionContext,
  CreateLearningExport,
  createLearningExport,
);
export const cancelLearningExportAction = action(userActionContext, LearningExportRef, cancelLearningExport);
export const startFineTuneAction = action(userActionContext, StartFineTune, startFineTune);
export const cancelFineTuneAction = action(userActionContext, FineTuneRef, cancelFineTune);
export const resolveFineTuneAction = action(userActionContext, ResolveFineTune, resolveFineTune);
