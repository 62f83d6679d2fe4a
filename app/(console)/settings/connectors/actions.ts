"use server";

import {
  CreateConnector,
  CreateConnectorAction,
  UpdateConnector,
  UpdateConnectorAction,
} from "@/lib/apps/inputs";
import { createConnector } from "@/lib/apps/server/create-connector";
import { createConnectorAction } from "@/lib/apps/server/create-connector-action";
import { updateConnector } from "@/lib/apps/server/update-connector";
import { updateConnectorAction } from "@/lib/apps/server/update-connector-action";
import { StartCertification } from "@/lib/execution/certification";
import { certifyAction } from "@/lib/execution/server/certify-action";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const createConnectorServerAction = action(userActionContext, CreateConnector, createConnector);
export const updateConnectorServerAction = action(userActionContext, UpdateConnector, updateConnector);
export const addActionServerAction = action(userActionContext, CreateConnectorAction, createConnectorAction);
export const changeActionServerAction = action(
  userActionContext,
  UpdateConnectorAction,
  updateConnectorAction,
);
export const certifyServerAction = action(userActionContext, StartCertification, certifyAction);
