"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

type Props<Ref> = {
  /** `dataset`, `prompt`. */
  what: string;
  isArchived: boolean;
  reference: Ref;
  /** What is left and what is not possible any more. */
  consequence: string;
  archive: (reference: Ref) => Promise<Answer<unknown>>;
  restore: (reference: Ref) => Promise<Answer<unknown>>;
};

/** Puts something away, or brings it back; what was made of it stays either way. */
export function ArchiveButton<Ref>({
  what,
  isArchived,
  reference,
  consequence,
  archive,
  restore,
}: Props<Ref>) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  return (
    <>
      <Button onClick={() => setOpen(true)}>{isArchived ? "Bring it back" : "Archive"}</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={isArchived ? `Bring this ${what} back` : `Archive this ${what}`}
        description={isArchived ? "It can be used again." : consequence}
        confirmLabel={isArchived ? "Bring it back" : "Archive it"}
        onConfirm={async () => {
          await orThrow((isArchived ? restore : archive)(reference));
          router.refresh();
        }}
      />
    </>
  );
}
