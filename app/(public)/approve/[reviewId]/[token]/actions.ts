"use server";

import { z } from "zod";
import { observeFirst } from "@/lib/execution/server/observe-first";
import { userActionContext } from "@/lib/identity/server/user-context";
import { approveFromLink } from "@/lib/notices/server/approve-from-link";
import { action } from "@/lib/server/action";

const Link = z.object({ reviewId: z.string().max(64), token: z.string().max(100) });

export const approveFromLinkAction = action(userActionContext, Link, observeFirst(approveFromLink));
