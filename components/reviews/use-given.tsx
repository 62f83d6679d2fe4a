"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useKeyOf } from "@/components/shell/keymap";
import { Countdown } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ApprovalState } from "@/lib/reviews/approvals";
import { reviewDetail, reviewsKey } from "@/lib/reviews/client";
import type { Ruling } from "@/lib/reviews/schema";
import { pastOf } from "@/lib/reviews/words";
import { reached, type ReviewActions, type Staged } from "./answers";
import { forgetGiven, keepGiven, latestGiven, showAgain, toastOf } from "./given";
import { dropKept } from "./kept-verdicts";
import { unpass } from "./passed";

export type About = { id: string; summary: string; approvals?: Pick<ApprovalState, "rule" | "missing"> };
export type TakingBack = Pick<ReviewActions, "unstage" | "unstageMany">;

// An approval that is not the last one carries nothing out yet; an edit under a rule is for others to approve.
function titleOf({ approvals }: About, { verdict }: Ruling): string {
  const done = capital(pastOf[verdict]);
  if (!approvals?.rule) return done;
  if (verdict === "edit") return `${done}; others approve it as it is now`;
  return verdict === "approve" && approvals.missing > 1 ? `${done}; another person has to as well` : done;
}
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What was given can be taken back: said in a message, and done from wherever the person stands by then. */
export function useGiven(actions: TakingBack, me: string) {
  const client = useQueryClient();
  const { toast, dismiss } = useToast();
  const keyOf = useKeyOf();
  const router = useRouter();
  const seeAgain = (id: string) => {
    if (!showAgain(id)) router.push(`/inbox/${id}`);
  };
  const undo = (ids: string[]) => ({
    label: "Undo",
    shortcut: keyOf("undo"),
    onAction: () => void takeBack(ids),
  });

  function announce(about: About, ruling: Ruling, { effectiveAt, undoSeconds }: Staged, waitedMs = 0): void {
    const toastId = toast({
      tone: ruling.verdict === "decline" ? "info" : "success",
      title: titleOf(about, ruling),
      description: (
        <>
          <UntrustedInline text={about.summary} className="line-clamp-2" /> Takes effect in{" "}
          <Countdown at={effectiveAt} />
        </>
      ),
      action: undo([about.id]),
      // The server's timer runs since before its answer came.
      durationMs: Math.max(2000, undoSeconds * 1000 - waitedMs),
    });
    keepGiven({ ids: [about.id], toastId });
  }

  /** It is on this device, and is sent when there is a connection; until then it is taken back without one. */
  function announceKept(about: About, ruling: Ruling): void {
    const toastId = toast({
      title: `${titleOf(about, ruling)}; kept on this device`,
      description: <UntrustedInline text={about.summary} className="line-clamp-2" />,
      action: undo([about.id]),
    });
    keepGiven({ ids: [about.id], toastId });
  }

  async function takeBack(ids: string[]): Promise<void> {
    const toastId = toastOf(ids);
    if (toastId !== undefined) dismiss(toastId);
    const [id] = ids;
    if (id === undefined) return;
    if (ids.length > 1) return takeManyBack(ids);
    const answer = dropKept({ reviewId: id, by: me }) ? undefined : await unstaged(id);
    if (answer?.ok === false) return notTakenBack(ids, answer.error);
    forgetGiven(ids, "taken back");
    unpass(id);
    if (answer) client.setQueryData(reviewDetail(id).queryKey, answer.data);
    void client.invalidateQueries({ queryKey: reviewsKey });
    toast({ title: "Taken back", durationMs: 2500 });
    seeAgain(id);
  }

  const unstaged = (id: string) => reached(() => actions.unstage({ reviewId: id }));

  function notTakenBack(ids: string[], { code, message }: { code: string; message: string }): void {
    // What did not reach the server may be tried again.
    if (code !== "unreachable") forgetGiven(ids, "too late");
    toast({ tone: "error", title: message });
  }

  async function takeManyBack(ids: string[]): Promise<void> {
    const answer = await reached(() => actions.unstageMany({ reviewIds: ids }));
    if (!answer.ok) return notTakenBack(ids, answer.error);
    forgetGiven(ids, "taken back");
    const { taken, late } = answer.data;
    for (const id of taken) unpass(id);
    void client.invalidateQueries({ queryKey: reviewsKey });
    if (late.length > 0)
      toast({ tone: "error", title: `Too late for ${late.length}: they have taken effect` });
    if (taken.length > 0) toast({ title: `Taken back: ${taken.length}`, durationMs: 2500 });
  }

  /** Takes the latest verdict back that still can be. */
  function undoLast(): void {
    const last = latestGiven();
    if (last) void takeBack(last.ids);
    else toast({ title: "There is nothing to undo", durationMs: 2500 });
  }

  return { announce, announceKept, undo, takeBack: (id: string) => takeBack([id]), undoLast, seeAgain };
}
