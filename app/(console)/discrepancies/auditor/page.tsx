import type { Metadata } from "next";
import { AuditorAgreementCard } from "@/components/discrepancies/auditor-agreement";
import { AuditorsTable } from "@/components/discrepancies/auditors-table";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { measureAuditor } from "@/lib/discrepancies/server/measure-auditor";
import { listAuditors } from "@/lib/discrepancies/server/read-auditors";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { listModels } from "@/lib/models/server/list-models";
import { setAuditorAction } from "../actions";

export const metadata: Metadata = { title: "LLM auditor" };

export default async function AuditorPage() {
  const ctx = await userContext();
  const [auditors, figures, models] = await Promise.all([
    listAuditors(ctx),
    measureAuditor(ctx, {}),
    roleMay(ctx.actor.role, "models.read") ? listModels(ctx, { limit: 100 }) : undefined,
  ]);
  const choices = (models?.data ?? []).filter(({ provider, archived }) => provider !== "local" && !archived);
  return (
    <Page>
      <PageHeader
        back={{ href: "/discrepancies", label: "Discrepancies" }}
        title="LLM auditor"
        description="It reads each discrepancy, quotes the words that show the cause, and proposes one. People confirm."
      />
      <Card>
        <CardHeader
          title="Who proposes"
          description="Without a model, fixed rules of ours propose: they claim little and say that they are rules."
        />
        <CardBody>
          <AuditorsTable
            auditors={auditors}
            models={choices.map(({ id, name }) => ({ id, name }))}
            set={roleMay(ctx.actor.role, "prompts.write") ? setAuditorAction : undefined}
          />
        </CardBody>
      </Card>
      <AuditorAgreementCard {...figures} />
    </Page>
  );
}
