"use server";

import { userActionContext } from "@/lib/identity/server/user-context";
import { SetAway, SetSkills } from "@/lib/reviews/passing";
import { CreateQueue, SetQueueMembers, TryRule, UpdateQueue } from "@/lib/reviews/queues";
import { createQueue } from "@/lib/reviews/server/create-queue";
import { setAway } from "@/lib/reviews/server/set-away";
import { setQueueMembers } from "@/lib/reviews/server/set-queue-members";
import { setSkills } from "@/lib/reviews/server/set-skills";
import { tryQueueRule } from "@/lib/reviews/server/try-queue-rule";
import { updateQueue } from "@/lib/reviews/server/update-queue";
import { action } from "@/lib/server/action";

export const createQueueAction = action(userActionContext, CreateQueue, createQueue);
export const updateQueueAction = action(userActionContext, UpdateQueue, updateQueue);
export const setQueueMembersAction = action(userActionContext, SetQueueMembers, setQueueMembers);
export const tryQueueRuleAction = action(userActionContext, TryRule, tryQueueRule);
export const setSkillsAction = action(userActionContext, SetSkills, setSkills);
export const setAwayAction = action(userActionContext, SetAway, setAway);
