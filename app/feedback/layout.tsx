import type { Metadata } from "next";
import type { ReactNode } from "react";

export const metadata: Metadata = { robots: { index: false, follow: false, noarchive: true } };

/** For people who are no members: a question, not a console. */
export default function FeedbackLayout({ children }: { children: ReactNode }) {
  return (
    <main
      id="main"
      className="mx-auto flex min-h-dvh w-full max-w-xl flex-col gap-8 px-4 py-8 sm:px-6 sm:py-14"
    >
      {children}
    </main>
  );
}
