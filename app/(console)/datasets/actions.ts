"use server";

import { z } from "zod";
import { NewDataset, NewDatasetVersion } from "@/lib/experiments/datasets";
import { addDatasetVersion } from "@/lib/experiments/server/add-dataset-version";
import { archiveDataset, restoreDataset } from "@/lib/experiments/server/archive-dataset";
import { createDataset } from "@/lib/experiments/server/create-dataset";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const createDatasetAction = action(userActionContext, NewDataset, createDataset);
const One = z.object({ dataset: z.string().min(1).max(64) });
export const archiveDatasetAction = action(userActionContext, One, archiveDataset);
export const restoreDatasetAction = action(userActionContext, One, restoreDataset);
export const addVersionAction = action(
  userActionContext,
  NewDatasetVersion.extend({ datasetId: z.string().min(1).max(64) }),
  addDatasetVersion,
);
