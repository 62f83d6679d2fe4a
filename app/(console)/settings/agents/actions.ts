"use server";

import { userActionContext } from "@/lib/identity/server/user-context";
import { MeasureAgent, TestText, UpdateAgent } from "@/lib/policies/moderation/endpoints";
import { measureAgent } from "@/lib/policies/server/measure-agent";
import { testAgents } from "@/lib/policies/server/test-agent";
import { updateAgent } from "@/lib/policies/server/update-agent";
import { action } from "@/lib/server/action";

export const updateAgentAction = action(userActionContext, UpdateAgent, updateAgent);
export const measureAgentAction = action(userActionContext, MeasureAgent, measureAgent);
export const testAgentsAction = action(userActionContext, TestText, testAgents);
