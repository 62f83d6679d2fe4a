import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import {
  CreateQueue,
  QueueFilter,
  QueueMember,
  QueuePatch,
  QueueRef,
  QueueStats,
  QueueView,
  RuleTrial,
  SetMembers,
  TryRule,
} from "./queues";

const about = { tag: "Queues", security: "key", status: 200 } as const;

export const listQueuesEndpoint = endpoint({
  ...about,
  id: "listQueues",
  method: "GET",
  path: "/api/v1/queues",
  summary: "List queues, in the order in which their rules are asked",
  query: QueueFilter,
  response: listOf(QueueView),
});
export const createQueueEndpoint = endpoint({
  ...about,
  id: "createQueue",
  method: "POST",
  path: "/api/v1/queues",
  summary: "Create a queue",
  description: "Admins only. What is left out follows the autonomy and the decision type.",
  body: CreateQueue,
  response: QueueView,
  status: 201,
  problems: { 409: "key_taken", 422: "validation_failed; invalid_rule with the place in the rule" },
});
export const getQueueEndpoint = endpoint({
  ...about,
  id: "getQueue",
  method: "GET",
  path: "/api/v1/queues/{queue}",
  summary: "Get a queue",
  params: QueueRef,
  response: QueueView,
  problems: { 404: "not_found" },
});
export const updateQueueEndpoint = endpoint({
  ...about,
  id: "updateQueue",
  method: "PATCH",
  path: "/api/v1/queues/{queue}",
  summary: "Change or archive a queue",
  description:
    "Admins only. What already waits keeps its due time. A queue that holds open reviews, is a decision type's, or takes what another escalates is not archived.",
  params: QueueRef,
  body: QueuePatch,
  response: QueueView,
  problems: {
    404: "not_found",
    409: "queue_in_use",
    412: "stale_version",
    422: "validation_failed, invalid_rule",
  },
});
export const queueStatsEndpoint = endpoint({
  ...about,
  id: "getQueueStats",
  method: "GET",
  path: "/api/v1/queues/{queue}/stats",
  summary: "How a queue fares",
  params: QueueRef,
  response: QueueStats,
  problems: { 404: "not_found" },
});
export const listQueueMembersEndpoint = endpoint({
  ...about,
  id: "listQueueMembers",
  method: "GET",
  path: "/api/v1/queues/{queue}/members",
  summary: "Who works on a queue",
  params: QueueRef,
  response: listOf(QueueMember),
  problems: { 404: "not_found" },
});
export const setQueueMembersEndpoint = endpoint({
  ...about,
  id: "setQueueMembers",
  method: "PUT",
  path: "/api/v1/queues/{queue}/members",
  summary: "Set who works on a queue",
  description:
    "Its leads and admins; who leads it is an admin's to say. Only reviewers can be members. Without members a queue is everybody's.",
  params: QueueRef,
  body: SetMembers,
  response: listOf(QueueMember),
  problems: { 404: "not_found", 422: "Somebody named is no reviewer" },
});
export const tryQueueRuleEndpoint = endpoint({
  ...about,
  id: "tryQueueRule",
  method: "POST",
  path: "/api/v1/queues/try_rule",
  summary: "Hold a rule against the latest decisions",
  description:
    "Says whether the rule can be used, and which of the last 500 reviewed decisions it would have taken.",
  body: TryRule,
  response: RuleTrial,
});

export const queueEndpoints = [
  listQueuesEndpoint,
  createQueueEndpoint,
  tryQueueRuleEndpoint,
  getQueueEndpoint,
  updateQueueEndpoint,
  queueStatsEndpoint,
  listQueueMembersEndpoint,
  setQueueMembersEndpoint,
];
