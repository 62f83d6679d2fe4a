import type { Choices } from "@/components/monitors/monitor-draft";
import { listApps } from "@/lib/apps/server/list-apps";
import { listDecisionTypes } from "@/lib/apps/server/list-decision-types";
import type { UserContext } from "@/lib/identity/server/user-context";
import { listChannels } from "@/lib/notices/server/list-channels";

const named = ({ id, name }: { id: string; name: string }) => ({ id, name });

/** What a monitor may be of, and the webhook channels that it may be told on. */
export async function choicesOf(ctx: UserContext): Promise<Choices> {
  const all = { limit: 100, archived: false };
  const [apps, types, channels] = await Promise.all([
    listApps(ctx, all),
    listDecisionTypes(ctx, all),
    listChannels(ctx, { limit: 100 }),
  ]);
  return {
    apps: apps.data.map(named),
    types: types.data.map(named),
    channels: channels.data.filter(({ config }) => config.kind === "slack").map(named),
  };
}
