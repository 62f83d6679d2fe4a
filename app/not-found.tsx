import type { Metadata } from "next";
import { Logo } from "@/components/shell/logo";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-3 p-6">
      <Logo className="mb-4" />
      <h1 className="text-lg font-semibold">There is nothing at this address</h1>
      <p className="text-muted-foreground">
        It may have been moved or deleted, or it belongs to an organisation you are not signed in to.
      </p>
      {/* oxlint-disable-next-line next/no-html-link-for-pages -- part of every page's first load: no router here */}
      <a
        href="/"
        className="mt-2 inline-flex h-8 items-center rounded-control bg-primary px-3 text-sm font-semibold text-primary-foreground hover:bg-primary-hover pointer-coarse:h-12"
      >
        Go to Countersign
      </a>
    </main>
  );
}
