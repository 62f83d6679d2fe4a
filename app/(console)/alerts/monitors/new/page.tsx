import type { Metadata } from "next";
import { NoPermission } from "@/components/identity/no-permission";
import { blank } from "@/components/monitors/monitor-draft";
import { MonitorForm } from "@/components/monitors/monitor-form";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { createMonitorAction } from "../../actions";
import { choicesOf } from "../choices";

export const metadata: Metadata = { title: "New monitor" };

export default async function NewMonitorPage() {
  const ctx = await userContext();
  const mayWrite = roleMay(ctx.actor.role, "monitors.write");
  return (
    <Page width="reading">
      <PageHeader
        back={{ href: "/alerts", label: "Alerts" }}
        title="New monitor"
        description="A figure that is looked at each minute."
      />
      {mayWrite ? (
        <MonitorForm
          shown={{ ...blank, channels: [...blank.channels] }}
          choices={await choicesOf(ctx)}
          label="Watch it"
          save={createMonitorAction}
          at=""
        />
      ) : (
        <NoPermission what="New monitors" roles={matrix["monitors.write"].roles} />
      )}
    </Page>
  );
}
