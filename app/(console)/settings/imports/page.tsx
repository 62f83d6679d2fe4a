import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ImportReport } from "@/components/feedback/import-report";
import { ImportUpload } from "@/components/feedback/import-upload";
import { ImportsTable } from "@/components/feedback/imports-table";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { listApps } from "@/lib/apps/server/list-apps";
import type { ImportView } from "@/lib/feedback/import-contract";
import { getImport } from "@/lib/feedback/server/get-import";
import { listImports } from "@/lib/feedback/server/list-imports";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";

export const metadata: Metadata = { title: "Imports" };

type Props = { searchParams: Promise<Record<"after" | "import", string | string[] | undefined>> };

export default async function ImportsPage({ searchParams }: Props) {
  const ctx = await userContext();
  if (!roleMay(ctx.actor.role, "feedback.import")) {
    return <NoPermission what="imports" roles={matrix["feedback.import"].roles} />;
  }
  const query = await searchParams;
  const after = typeof query.after === "string" ? query.after : undefined;
  const open = typeof query.import === "string" ? query.import : undefined;
  const [imports, apps, report] = await Promise.all([
    listImports(ctx, { query: { limit: 25, starting_after: after } }),
    listApps(ctx, { limit: 100, archived: false }),
    open === undefined ? undefined : importOrNotFound(ctx, open),
  ]);
  return (
    <div className="flex flex-col gap-8">
      <SettingsSection
        title="Imports"
        description="Files of what was said of decisions, or of what turned out to be right. Every row is answered with what became of it."
      >
        <ImportUpload apps={apps.data.map(({ id, name }) => ({ id, name }))} />
        <ImportsTable imports={imports} after={after} open={open} />
      </SettingsSection>
      {report ? <ImportReport key={report.id} initial={report} /> : null}
    </div>
  );
}

async function importOrNotFound(ctx: UserContext, id: string): Promise<ImportView> {
  try {
    return await getImport(ctx, { params: { id } });
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not_found") notFound();
    throw error;
  }
}
