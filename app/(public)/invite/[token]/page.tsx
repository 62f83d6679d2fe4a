import type { Metadata } from "next";
import { InvitationForm } from "@/components/identity/join-form";
import { PublicCard } from "@/components/identity/public-card";
import { ButtonLink } from "@/components/ui/button-link";
import { findInvitation } from "@/lib/identity/server/accept-invitation";
import { publicContext } from "@/lib/identity/server/system-context";
import { roleSentences } from "@/lib/identity/schema";
import { acceptInvitationAction } from "./actions";

export const metadata: Metadata = { title: "Join" };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invitation = await findInvitation(await publicContext(), token);
  if (!invitation) {
    return (
      <PublicCard
        title="This invitation no longer works"
        description="It was used, withdrawn or is older than 7 days. Ask an admin for a new one."
      >
        <ButtonLink href="/sign-in" variant="primary">
          Sign in
        </ButtonLink>
      </PublicCard>
    );
  }
  const { email, name, role } = invitation;
  return (
    <PublicCard title="Join Countersign" description={`You are invited as ${role}. ${roleSentences[role]}`}>
      <InvitationForm token={token} email={email} name={name} accept={acceptInvitationAction} />
    </PublicCard>
  );
}
