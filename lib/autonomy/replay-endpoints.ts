import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { FlipView, mostReplayed, mostReplaysAtOnce, NewReplay, ReplayView } from "./replay-views";

const about = { tag: "Replays", security: "key", status: 200 } as const;
const people = "For people: a personal access token or a session.";

export const ReplayRef = z.object({ replay: z.string().min(1).max(64) });
export const FlipRef = ReplayRef.extend({ decision: z.string().min(1).max(64) });
export const ReplayFilter = ListQuery.omit({ ending_before: true }).extend({
  app: z.string().min(1).max(100).optional().describe("Key or id of an app"),
});
export type ReplayFilter = z.output<typeof ReplayFilter>;

export const listReplaysEndpoint = endpoint({
  ...about,
  id: "listReplays",
  method: "GET",
  path: "/api/v1/replays",
  summary: "List replays, newest first",
  description: people,
  query: ReplayFilter,
  response: listOf(ReplayView),
  problems: { 404: "not_found" },
});
export const createReplayEndpoint = endpoint({
  ...about,
  id: "createReplay",
  method: "POST",
  path: "/api/v1/replays",
  summary: "Replay past decisions under a draft",
  description: `${people} Admins. Routes up to ${mostReplayed.toLocaleString("en")} past decisions of an app again under a draft threshold or a policy's draft; nothing of them changes. A worker does it: follow it at Location.`,
  body: NewReplay,
  response: ReplayView,
  status: 202,
  problems: {
    404: "not_found",
    422: "A part of it is not understood",
    429: `${mostReplaysAtOnce} are under way`,
  },
});
export const getReplayEndpoint = endpoint({
  ...about,
  id: "getReplay",
  method: "GET",
  path: "/api/v1/replays/{replay}",
  summary: "Get a replay with its progress and result",
  description: people,
  params: ReplayRef,
  response: ReplayView,
  problems: { 404: "not_found" },
});
export const cancelReplayEndpoint = endpoint({
  ...about,
  id: "cancelReplay",
  method: "POST",
  path: "/api/v1/replays/{replay}/cancel",
  summary: "Cancel a replay",
  description: `${people} Cancelling again changes nothing.`,
  params: ReplayRef,
  response: ReplayView,
  problems: { 404: "not_found", 409: "replay_finished" },
});
export const listReplayFlipsEndpoint = endpoint({
  ...about,
  id: "listReplayFlips",
  method: "GET",
  path: "/api/v1/replays/{replay}/flips",
  summary: "List past decisions that would have acted and did not",
  description: `${people} All of them, or 50 drawn at random; each is opened by somebody before the draft is published. starting_after takes a decision's id.`,
  params: ReplayRef,
  query: ListQuery.omit({ ending_before: true }),
  response: listOf(FlipView),
  problems: { 404: "not_found" },
});
export const openReplayFlipEndpoint = endpoint({
  ...about,
  id: "openReplayFlip",
  method: "POST",
  path: "/api/v1/replays/{replay}/flips/{decision}/open",
  summary: "Say that a flip was opened",
  description: `${people} Who looked first stands in the record; opening it again changes nothing.`,
  params: FlipRef,
  response: FlipView,
  problems: { 404: "not_found" },
});

export const replayEndpoints = [
  listReplaysEndpoint,
  createReplayEndpoint,
  getReplayEndpoint,
  cancelReplayEndpoint,
  listReplayFlipsEndpoint,
  openReplayFlipEndpoint,
] as const;
