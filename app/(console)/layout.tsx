import { headers } from "next/headers";
import type { ReactNode } from "react";
import { StopBanner } from "@/components/apps/stop-control";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { KeptDoor } from "@/components/reviews/kept-door";
import { ConsoleShell } from "@/components/shell/console-shell";
import { earlyKeyScript } from "@/components/shell/early-key";
import { WaitingBadge } from "@/components/shell/waiting-badge";
import { listActiveStops } from "@/lib/apps/server/list-stops";
import { roleMay } from "@/lib/identity/matrix";
import { getOrg } from "@/lib/identity/server/describe-caller";
import { environmentName } from "@/lib/identity/server/environment";
import { getKeymap } from "@/lib/identity/server/get-keymap";
import { userContext } from "@/lib/identity/server/user-context";
import { sectionsOf, settingsPagesOf } from "@/lib/identity/settings-pages";
import { resumeAction, stopAction } from "./apps/actions";
import { reviewActions } from "./inbox/review-actions";
import { saveKeymapAction, searchWorkAction } from "./shell-actions";
import { signOutAction } from "./sign-out";

const { stage, unstage, unstageMany } = reviewActions;
const keptActions = { stage, unstage, unstageMany };

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await userContext();
  const { name, email, role } = ctx.actor;
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const [org, keymap, stops] = await Promise.all([getOrg(ctx), getKeymap(ctx), listActiveStops(ctx)]);
  return (
    <ConsoleShell
      orgName={org.name}
      environment={environmentName()}
      user={{ name, email, role }}
      sections={sectionsOf(role)}
      signOut={signOutAction}
      keymap={keymap}
      saveKeymap={saveKeymapAction}
      doors={{
        search: searchWorkAction,
        stop: roleMay(role, "stops.stop") ? stopAction : undefined,
        pages: settingsPagesOf(role).map(({ href, label }) => ({ href, label })),
      }}
      badges={{
        inbox: <WaitingBadge of="inbox" />,
        reconcile: <WaitingBadge of="reconcile" />,
        audits: <WaitingBadge of="audits" />,
        alerts: <WaitingBadge of="alerts" />,
      }}
      banner={
        <>
          {/* The browser hides the nonce from scripts, and so from hydration. */}
          <script suppressHydrationWarning nonce={nonce}>
            {earlyKeyScript}
          </script>
          <LiveRefresh events={["autonomy."]} />
          {roleMay(role, "reviews.rule") ? <KeptDoor me={ctx.actor.id} actions={keptActions} /> : null}
          <StopBanner stops={stops} resume={roleMay(role, "stops.resume") ? resumeAction : undefined} />
        </>
      }
    >
      {children}
    </ConsoleShell>
  );
}
