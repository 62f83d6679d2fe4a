import type { Metadata } from "next";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { SettingsSection } from "@/components/identity/settings-section";
import { AppealHoursForm } from "@/components/notices/appeal-hours-form";
import { ChannelsPanel } from "@/components/notices/channels-panel";
import { DeliveriesTable } from "@/components/notices/deliveries-table";
import { PreferencesForm } from "@/components/notices/preferences-form";
import { roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { noticeKinds, noticeWords } from "@/lib/notices/kinds";
import { appealHours } from "@/lib/notices/server/appeal-settings";
import { hasMailServer, mailServerOf } from "@/lib/notices/server/channel-rows";
import { getPreferences } from "@/lib/notices/server/get-preferences";
import { listChannels } from "@/lib/notices/server/list-channels";
import { listDeliveries } from "@/lib/notices/server/list-deliveries";
import { listFacets } from "@/lib/reviews/server/list-facets";
import {
  retryDeliveryAction,
  saveChannelAction,
  setAppealHoursAction,
  setPreferencesAction,
  testChannelAction,
} from "./actions";

export const metadata: Metadata = { title: "Notifications" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function NotificationSettingsPage({ searchParams }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  const { object: _, ...preferences } = await getPreferences(ctx);
  const mail = (await hasMailServer(ctx)) ? "on" : "off";
  const { after } = await searchParams;
  return (
    <>
      <SettingsSection
        title="What you are told"
        description={
          mail === "on"
            ? "Yours alone. The bell holds everything you leave on."
            : "Yours alone. There is no mail server yet: everything is told in the bell."
        }
      >
        <PreferencesForm
          preferences={preferences}
          kinds={noticeKinds.filter((kind) => roleMay(role, noticeWords[kind].needs))}
          mail={mail}
          timeZones={timeZones(preferences.time_zone)}
          save={setPreferencesAction}
        />
      </SettingsSection>
      {roleMay(role, "notices.manage") ? (
        <Channels ctx={ctx} after={typeof after === "string" ? after : undefined} />
      ) : null}
    </>
  );
}

async function Channels({ ctx, after }: { ctx: UserContext; after: string | undefined }) {
  const [channels, deliveries, hours, { queues }] = await Promise.all([
    listChannels(ctx, { limit: 100 }),
    listDeliveries(ctx, { limit: 25, starting_after: after }),
    appealHours(ctx),
    listFacets(ctx),
  ]);
  const environment = mailServerOf(process.env);
  return (
    <>
      <SettingsSection
        title="Channels"
        description="Where news goes besides the bell. Messages say what waits and link to it; what an app or a customer wrote is in none."
      >
        <ChannelsPanel
          channels={channels.data}
          queues={queues}
          fromEnvironment={environment ? `${environment.config.host}:${environment.config.port}` : null}
          save={saveChannelAction}
          test={testChannelAction}
        />
      </SettingsSection>
      <div id="delivery" className="scroll-mt-16">
        <SettingsSection
          title="Delivery"
          description="A message that fails is tried ten times with growing pauses; then admins are told in the bell."
        >
          <LiveRefresh events={["notification."]} />
          <DeliveriesTable
            deliveries={deliveries.data}
            nextHref={
              deliveries.has_more
                ? `/settings/notifications?after=${deliveries.data.at(-1)?.id}#delivery`
                : undefined
            }
            retry={retryDeliveryAction}
          />
        </SettingsSection>
      </div>
      <SettingsSection
        title="Appeals"
        description="How long a person who appeals waits at most; then it is escalated."
      >
        <AppealHoursForm hours={hours} save={setAppealHoursAction} />
      </SettingsSection>
    </>
  );
}

/** UTC first, then every zone the runtime knows; the person's own even when it knows it by another name. */
function timeZones(own: string): string[] {
  return [...new Set(["UTC", own, ...Intl.supportedValuesOf("timeZone")])];
}
