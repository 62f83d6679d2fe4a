import type { ReactNode } from "react";
import { StopBanner } from "@/components/apps/stop-control";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { ConsoleShell } from "@/components/shell/console-shell";
import { WaitingBadge } from "@/components/shell/waiting-badge";
import { listActiveStops } from "@/lib/apps/server/list-stops";
import { roleMay } from "@/lib/identity/matrix";
import { getOrg } from "@/lib/identity/server/describe-caller";
import { environmentName } from "@/lib/identity/server/environment";
import { userContext } from "@/lib/identity/server/user-context";
import { sectionsOf } from "@/lib/identity/settings-pages";
import { resumeAction } from "./apps/actions";
import { signOutAction } from "./sign-out";
import { countWaitingAction } from "./waiting";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await userContext();
  const { name, email, role } = ctx.actor;
  return (
    <ConsoleShell
      orgName={(await getOrg(ctx)).name}
      environment={environmentName()}
      user={{ name, email, role }}
      sections={sectionsOf(role)}
      signOut={signOutAction}
      badges={{
        inbox: <WaitingBadge of="inbox" count={countWaitingAction} />,
        reconcile: <WaitingBadge of="reconcile" count={countWaitingAction} />,
        audits: <WaitingBadge of="audits" count={countWaitingAction} />,
      }}
      banner={
        <>
          <LiveRefresh events={["autonomy."]} />
          <StopBanner
            stops={await listActiveStops(ctx)}
            resume={roleMay(role, "stops.resume") ? resumeAction : undefined}
          />
        </>
      }
    >
      {children}
    </ConsoleShell>
  );
}
