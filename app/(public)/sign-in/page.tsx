import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PublicCard } from "@/components/identity/public-card";
import { SignInForm } from "@/components/identity/sign-in-form";
import { safeNext } from "@/lib/identity/safe-next";
import { oidcSettings } from "@/lib/identity/server/oidc-settings";
import { setupIsOpen } from "@/lib/identity/server/setup-token";
import { maybeUserContext } from "@/lib/identity/server/user-context";
import { isDemo } from "@/lib/identity/server/environment";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[]; error?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, error } = await searchParams;
  const target = safeNext(typeof next === "string" ? next : undefined);
  if (await maybeUserContext()) redirect(target);
  if (await setupIsOpen()) redirect("/setup");
  return (
    <PublicCard title="Sign in" description="The control plane between LLM apps and a business.">
      <SignInForm
        next={target}
        error={typeof error === "string" ? error : undefined}
        oidcName={oidcSettings()?.name}
      />
      {isDemo() ? (
        <p className="text-xs text-muted-foreground">
          This is the demo. Its sign-ins were printed when it started, and are in demo.json in the data
          folder.
        </p>
      ) : null}
    </PublicCard>
  );
}
