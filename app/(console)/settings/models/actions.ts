"use server";

import { userActionContext } from "@/lib/identity/server/user-context";
import { CreateModel, ModelRef, UpdateModel } from "@/lib/models/catalogue";
import { createModel } from "@/lib/models/server/create-model";
import { testModel } from "@/lib/models/server/test-model";
import { updateModel } from "@/lib/models/server/update-model";
import { action } from "@/lib/server/action";

export const createModelAction = action(userActionContext, CreateModel, createModel);
export const updateModelAction = action(userActionContext, UpdateModel, updateModel);
export const testModelAction = action(userActionContext, ModelRef, testModel);
