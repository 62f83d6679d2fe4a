"use server";

import { z } from "zod";
import { NewDataset, NewDatasetVersion } from "@/lib/experiments/datasets";
import { addDatasetVersion } from "@/lib/experiments/server/add-dataset-version";
import { createDataset } from "@/lib/experiments/server/create-dataset";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const createDatasetAction = action(userActionContext, NewDataset, createDataset);
export const addVersionAction = action(
  userActionContext,
  NewDatasetVersion.extend({ datasetId: z.string().min(1).max(64) }),
  addDatasetVersion,
);
