import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import { connectorEndpoints } from "./connector-endpoints";
import * as inputs from "./inputs";
import { raiseEndpoints } from "./raise-endpoints";
import * as views from "./views";

const read = { security: "key", status: 200 } as const;
const write = { security: "key", status: 200 } as const;
const create = { security: "key", status: 201 } as const;

const apps = { tag: "Apps" } as const;
export const listAppsEndpoint = endpoint({
  ...read,
  ...apps,
  id: "listApps",
  method: "GET",
  path: "/api/v1/apps",
  summary: "List apps",
  query: inputs.ListFilter,
  response: listOf(views.AppView),
});
export const createAppEndpoint = endpoint({
  ...create,
  ...apps,
  id: "createApp",
  method: "POST",
  path: "/api/v1/apps",
  summary: "Create an app",
  body: inputs.CreateApp,
  response: views.AppView,
  problems: { 409: "key_taken", 422: "validation_failed" },
});
export const getAppEndpoint = endpoint({
  ...read,
  ...apps,
  id: "getApp",
  method: "GET",
  path: "/api/v1/apps/{app}",
  summary: "Get an app",
  params: inputs.AppRef,
  response: views.AppView,
  problems: { 404: "not_found" },
});
export const updateAppEndpoint = endpoint({
  ...write,
  ...apps,
  id: "updateApp",
  method: "PATCH",
  path: "/api/v1/apps/{app}",
  summary: "Change an app",
  description: "An archived app's submissions are refused; its history stays.",
  params: inputs.AppRef,
  body: inputs.AppPatch,
  response: views.AppView,
  problems: { 404: "not_found", 422: "validation_failed" },
});
export const pauseAppEndpoint = endpoint({
  ...write,
  ...apps,
  id: "pauseApp",
  method: "POST",
  path: "/api/v1/apps/{app}/pause",
  summary: "Stop an app's automation",
  description: "The kill switch of one app: the same as POST /api/v1/stops with scope app.",
  params: inputs.AppRef,
  body: inputs.PauseBody,
  response: views.StopResult,
  problems: { 404: "not_found" },
});
export const resumeAppEndpoint = endpoint({
  ...write,
  ...apps,
  id: "resumeApp",
  method: "POST",
  path: "/api/v1/apps/{app}/resume",
  summary: "Resume an app's automation",
  description: "Admins only. The same as POST /api/v1/stops/resume with scope app.",
  params: inputs.AppRef,
  body: inputs.PauseBody,
  response: views.StopView,
  problems: { 404: "not_found" },
});

const autonomy = { tag: "Autonomy", path: "/api/v1/apps/{app}/autonomy/{type}" } as const;
export const getAutonomyEndpoint = endpoint({
  ...read,
  ...autonomy,
  id: "getAutonomy",
  method: "GET",
  summary: "How far an app may act alone with a decision type",
  description: "What nobody has set yet reads as review_all with version 0.",
  params: inputs.AutonomyRef,
  response: views.AutonomyView,
  problems: { 404: "not_found" },
});
export const setAutonomyEndpoint = endpoint({
  ...write,
  ...autonomy,
  id: "setAutonomy",
  method: "PUT",
  summary: "Set how far an app may act alone with a decision type",
  description:
    "Letting more run alone of a type that moves money or cannot be undone is refused with needs_two: propose it, another admin signs.",
  params: inputs.AutonomyRef,
  body: inputs.AutonomyBody,
  response: views.AutonomyView,
  problems: { 404: "not_found", 409: "needs_two", 412: "stale_version", 422: "validation_failed" },
});

const types = { tag: "Decision types" } as const;
export const listDecisionTypesEndpoint = endpoint({
  ...read,
  ...types,
  id: "listDecisionTypes",
  method: "GET",
  path: "/api/v1/decision_types",
  summary: "List decision types",
  query: inputs.ListFilter,
  response: listOf(views.DecisionTypeView),
});
export const createDecisionTypeEndpoint = endpoint({
  ...create,
  ...types,
  id: "createDecisionType",
  method: "POST",
  path: "/api/v1/decision_types",
  summary: "Create a decision type",
  description:
    "Both JSON Schemas (draft 2020-12) are compiled before they are stored; nothing remote is fetched.",
  body: inputs.CreateDecisionType,
  response: views.DecisionTypeView,
  problems: { 409: "key_taken", 422: "invalid_schema" },
});
export const getDecisionTypeEndpoint = endpoint({
  ...read,
  ...types,
  id: "getDecisionType",
  method: "GET",
  path: "/api/v1/decision_types/{type}",
  summary: "Get a decision type",
  params: inputs.TypeRef,
  response: views.DecisionTypeView,
  problems: { 404: "not_found" },
});
export const updateDecisionTypeEndpoint = endpoint({
  ...write,
  ...types,
  id: "updateDecisionType",
  method: "PATCH",
  path: "/api/v1/decision_types/{type}",
  summary: "Change a decision type",
  params: inputs.TypeRef,
  body: inputs.DecisionTypePatch,
  response: views.DecisionTypeView,
  problems: { 404: "not_found", 412: "stale_version", 422: "invalid_schema" },
});

const stops = { tag: "Stops" } as const;
export const listStopsEndpoint = endpoint({
  ...read,
  ...stops,
  id: "listStops",
  method: "GET",
  path: "/api/v1/stops",
  summary: "List the kill switches",
  query: inputs.StopFilter,
  response: listOf(views.StopView),
});
export const stopEndpoint = endpoint({
  ...write,
  ...stops,
  id: "stop",
  method: "POST",
  path: "/api/v1/stops",
  summary: "Stop automation: everything, an app, a decision type or a connector",
  description:
    "When this has answered nothing new of that scope is sent; the answer lists what was already under way. New decisions go to people.",
  body: inputs.StopInput,
  response: views.StopResult,
  problems: { 404: "not_found" },
});
export const resumeEndpoint = endpoint({
  ...write,
  ...stops,
  id: "resume",
  method: "POST",
  path: "/api/v1/stops/resume",
  summary: "Resume automation",
  description: "Admins only.",
  body: inputs.StopInput,
  response: views.StopView,
  problems: { 404: "not_found" },
});

/** Every endpoint of this room, for the API's document. */
export const appsEndpoints = [
  listAppsEndpoint,
  createAppEndpoint,
  getAppEndpoint,
  updateAppEndpoint,
  pauseAppEndpoint,
  resumeAppEndpoint,
  getAutonomyEndpoint,
  setAutonomyEndpoint,
  ...raiseEndpoints,
  listDecisionTypesEndpoint,
  createDecisionTypeEndpoint,
  getDecisionTypeEndpoint,
  updateDecisionTypeEndpoint,
  ...connectorEndpoints,
  listStopsEndpoint,
  stopEndpoint,
  resumeEndpoint,
] as const;
