import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { AskFeedback, FeedbackClosed } from "@/components/feedback/ask-feedback";
import { openFeedbackPage } from "@/lib/feedback/server/open-feedback-page";
import { publicContext } from "@/lib/identity/server/system-context";

export const metadata: Metadata = { title: "Your feedback" };

type Query = Record<"kept" | "problem", string | string[] | undefined>;
type Props = { params: Promise<{ token: string }>; searchParams: Promise<Query> };

export default async function FeedbackPage({ params, searchParams }: Props) {
  const [{ token }, { kept, problem }] = [await params, await searchParams];
  const incoming = await headers();
  const header = (name: string) => incoming.get(name);
  const opened = await openFeedbackPage(await publicContext(), { token, header });
  switch (opened.kind) {
    case "none":
      return notFound();
    case "expired":
      return (
        <FeedbackClosed title="The time for this feedback is over">
          Nothing more can be said over this link. Ask whoever sent it to you for a new one.
        </FeedbackClosed>
      );
    case "wait":
      return <FeedbackClosed title="Too many tries">Wait {opened.seconds} seconds.</FeedbackClosed>;
    case "page":
      return (
        <AskFeedback
          token={token}
          page={opened.page}
          result={typeof problem === "string" ? { problem } : kept ? "kept" : undefined}
        />
      );
  }
}
