import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { AppealForm } from "@/components/notices/appeal-form";
import { NoticeLetter } from "@/components/notices/notice-letter";
import { clientAddress } from "@/lib/identity/server/client-address";
import { publicContext } from "@/lib/identity/server/system-context";
import { titleOf } from "@/lib/kernel/problems";
import { openNotice } from "@/lib/notices/server/open-notice";

export const metadata: Metadata = { title: "A decision about you" };

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ problem?: string | string[] }>;
};

export default async function AppealPage({ params, searchParams }: Props) {
  const [{ token }, { problem }] = [await params, await searchParams];
  const address = clientAddress(await headers());
  const opened = await openNotice(await publicContext(), { token, address });
  if (opened.kind === "none") notFound();
  if (opened.kind === "wait") {
    return <h1 className="text-xl font-semibold">Too many tries. Wait {opened.seconds} seconds.</h1>;
  }
  const { notice } = opened;
  return (
    <NoticeLetter notice={notice}>
      {notice.status === "offered" ? (
        <AppealForm token={token} refused={typeof problem === "string" ? sentenceOf(problem) : undefined} />
      ) : null}
    </NoticeLetter>
  );
}

// Only what the catalogue says: nothing of the address is shown.
function sentenceOf(code: string): string {
  if (code === "validation_failed") {
    return "It was not sent: something is missing, too long, or a file is of a kind that is not taken.";
  }
  const title = titleOf(code);
  return title === code.replaceAll("_", " ") ? "It was not sent. Try again." : `It was not sent: ${title}.`;
}
