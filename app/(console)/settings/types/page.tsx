import type { Metadata } from "next";
import { TypesTable } from "@/components/apps/types-table";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { ButtonLink } from "@/components/ui/button-link";
import { listDecisionTypes } from "@/lib/apps/server/list-decision-types";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";

export const metadata: Metadata = { title: "Decision types" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function TypesPage({ searchParams }: Props) {
  const ctx = await userContext();
  const { role } = ctx.actor;
  if (!roleMay(role, "settings.open")) {
    return <NoPermission what="decision types" roles={matrix["settings.open"].roles} />;
  }
  const { after } = await searchParams;
  const starting_after = typeof after === "string" ? after : undefined;
  const types = await listDecisionTypes(ctx, { limit: 50, starting_after, archived: true });
  const mayWrite = roleMay(role, "apps.write");
  return (
    <SettingsSection
      title="Decision types"
      description="What kinds of decision apps submit: the shape of a proposal, what carries it out, and what being wrong costs."
      actions={
        mayWrite ? (
          <ButtonLink href="/settings/types/new" variant="primary">
            New decision type
          </ButtonLink>
        ) : null
      }
    >
      <TypesTable
        types={types.data}
        nextHref={types.has_more ? `/settings/types?after=${types.data.at(-1)?.id}` : undefined}
      />
    </SettingsSection>
  );
}
