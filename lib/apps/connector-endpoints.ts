import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import * as inputs from "./inputs";
import * as views from "./views";

const connectors = { tag: "Connectors", security: "key" } as const;

export const listConnectorsEndpoint = endpoint({
  ...connectors,
  status: 200,
  id: "listConnectors",
  method: "GET",
  path: "/api/v1/connectors",
  summary: "List connectors with their actions",
  query: inputs.ListFilter.omit({ archived: true }),
  response: listOf(views.ConnectorView),
});
export const createConnectorEndpoint = endpoint({
  ...connectors,
  status: 201,
  id: "createConnector",
  method: "POST",
  path: "/api/v1/connectors",
  summary: "Create a connector",
  description: "The secret is stored encrypted and never returned.",
  body: inputs.CreateConnector,
  response: views.ConnectorView,
  problems: { 409: "key_taken", 422: "validation_failed" },
});
export const getConnectorEndpoint = endpoint({
  ...connectors,
  status: 200,
  id: "getConnector",
  method: "GET",
  path: "/api/v1/connectors/{connector}",
  summary: "Get a connector",
  params: inputs.ConnectorRef,
  response: views.ConnectorView,
  problems: { 404: "not_found" },
});
export const updateConnectorEndpoint = endpoint({
  ...connectors,
  status: 200,
  id: "updateConnector",
  method: "PATCH",
  path: "/api/v1/connectors/{connector}",
  summary: "Change a connector",
  description:
    "Raises its version: what was approved for an earlier version no longer runs. Where another secret takes the place of one and nothing else differs, the version stays, and so do approvals. A new address needs the secret again.",
  params: inputs.ConnectorRef,
  body: inputs.ConnectorPatch,
  response: views.ConnectorView,
  problems: { 404: "not_found", 412: "stale_version", 422: "validation_failed" },
});
export const createConnectorActionEndpoint = endpoint({
  ...connectors,
  status: 201,
  id: "createConnectorAction",
  method: "POST",
  path: "/api/v1/connectors/{connector}/actions",
  summary: "Add an action to a connector",
  description: "Raises the connector's version.",
  params: inputs.ConnectorRef,
  body: inputs.ActionBody,
  response: views.ChangedAction,
  problems: { 404: "not_found", 409: "key_taken", 422: "invalid_schema" },
});
export const updateConnectorActionEndpoint = endpoint({
  ...connectors,
  status: 200,
  id: "updateConnectorAction",
  method: "PATCH",
  path: "/api/v1/connectors/{connector}/actions/{action}",
  summary: "Change an action of a connector",
  description: "Raises the connector's version.",
  params: inputs.ActionRef,
  body: inputs.ActionPatch,
  response: views.ChangedAction,
  problems: { 404: "not_found", 412: "stale_version", 422: "invalid_schema" },
});

/** Every endpoint of connectors and their actions, for the API's document. */
export const connectorEndpoints = [
  listConnectorsEndpoint,
  createConnectorEndpoint,
  getConnectorEndpoint,
  updateConnectorEndpoint,
  createConnectorActionEndpoint,
  updateConnectorActionEndpoint,
] as const;
