"use server";

import { userActionContext } from "@/lib/identity/server/user-context";
import { declineTraining } from "@/lib/learning/server/decline-training";
import { proposeTraining } from "@/lib/learning/server/propose-training";
import { restoreArtifact } from "@/lib/learning/server/restore-artifact";
import { signTraining } from "@/lib/learning/server/sign-training";
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
