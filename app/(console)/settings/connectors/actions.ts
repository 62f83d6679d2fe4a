"use server";

import { ImportOpenApi } from "@/lib/apps/import-openapi";
import {
  ConnectorRef,
  CreateConnector,
  CreateConnectorAction,
  UpdateConnector,
  UpdateConnectorAction,
} from "@/lib/apps/inputs";
import { SetCallbackSecret } from "@/lib/apps/callback-secret";
import { createConnector } from "@/lib/apps/server/create-connector";
import { createConnectorAction } from "@/lib/apps/server/create-connector-action";
import { setCallbackSecret } from "@/lib/apps/server/set-callback-secret";
import { importOpenApi } from "@/lib/apps/server/import-openapi";
import { updateConnector } from "@/lib/apps/server/update-connector";
import { updateConnectorAction } from "@/lib/apps/server/update-connector-action";
import { StartCertification } from "@/lib/execution/certification";
import { certifyAction } from "@/lib/execution/server/certify-action";
import { listTools } from "@/lib/execution/server/list-tools";
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
export const setCallbackSecretServerAction = action(userActionContext, SetCallbackSecret, setCallbackSecret);
export const importOpenApiServerAction = action(userActionContext, ImportOpenApi, importOpenApi);
export const listToolsServerAction = action(userActionContext, ConnectorRef, listTools);
