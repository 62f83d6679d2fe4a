import type { ReactNode } from "react";
import { UndoKey } from "@/components/reviews/undo-key";
import { userContext } from "@/lib/identity/server/user-context";
import { reviewActions } from "./review-actions";

export default async function InboxLayout({ children }: { children: ReactNode }) {
  const { unstage, unstageMany } = reviewActions;
  const { actor } = await userContext();
  return (
    <>
      <UndoKey actions={{ unstage, unstageMany }} me={actor.id} />
      {children}
    </>
  );
}
