import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetupForm } from "@/components/identity/join-form";
import { PublicCard } from "@/components/identity/public-card";
import { setupIsOpen } from "@/lib/identity/server/setup-token";
import { completeSetupAction } from "./actions";

export const metadata: Metadata = { title: "Set up" };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function SetupPage({ searchParams }: Props) {
  if (!(await setupIsOpen())) redirect("/sign-in");
  const { token } = await searchParams;
  return (
    <PublicCard
      title="Set up Countersign"
      description="You become its first admin; admins invite everybody else."
    >
      <SetupForm token={typeof token === "string" ? token : ""} setUp={completeSetupAction} />
    </PublicCard>
  );
}
