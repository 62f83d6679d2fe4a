import type { Metadata } from "next";
import { Logo } from "@/components/shell/logo";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-3 p-6">
      <Logo className="mb-4" />
      <h1 className="text-lg font-semibold">There is nothing at this address</h1>
      <p className="text-muted-foreground">
        It may have been moved or deleted, or it belongs to an organisation you are not signed in to.
      </p>
      <ButtonLink href="/" variant="primary" className="mt-2">
        Go to Countersign
      </ButtonLink>
    </main>
  );
}
