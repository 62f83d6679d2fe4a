"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { draftOf, textsOf } from "@/components/apps/autonomy-draft";
import { FormError } from "@/components/identity/form-error";
import { type Answer, orThrow, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { RaiseView } from "@/lib/apps/raises";
import type { AutonomyView } from "@/lib/apps/views";
import { autonomySentences } from "@/lib/apps/words";

type Ref = { app: string; type: string; proposal: string };
export type RaiseActions = {
  sign: (input: Ref) => Promise<Answer<unknown>>;
  close: (input: Ref & { reason: string }) => Promise<Answer<unknown>>;
};
type Props = {
  autonomy: AutonomyView;
  raise: RaiseView;
  /** Who looks: its proposer, another admin, or somebody who may do neither. */
  viewer: "proposer" | "signer" | "reader";
  actions: RaiseActions;
};

/** More autonomy that waits for a second admin: what would hold, who asks for it and why, and the signature. */
export function RaiseCard({ autonomy, raise, viewer, actions }: Props) {
  const id = `raise-${raise.id}`;
  const wanted = draftOf(textsOf({ ...autonomy, ...raise.wanted }), autonomy.currency);
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-3 rounded-control border border-review bg-review-soft p-3 text-sm"
    >
      <h3 id={id} className="text-base font-semibold">
        Waits for a second admin
      </h3>
      <p>{autonomySentences(wanted).join(" ")}</p>
      <p>
        Proposed by {raise.proposed_by.name} <Time at={raise.created_at} />:{" "}
        <UntrustedInline text={raise.reason} />
      </p>
      <RaiseButtons
        of={{ app: raise.app_id, type: raise.type_id, proposal: raise.id }}
        viewer={viewer}
        actions={actions}
      />
    </section>
  );
}

type ButtonsProps = Pick<Props, "viewer" | "actions"> & { of: Ref };

function RaiseButtons({ of, viewer, actions }: ButtonsProps) {
  const [closing, setClosing] = useState(false);
  const sign = useSubmit(actions.sign);
  const { toast } = useToast();
  const router = useRouter();
  const whyNot = `why-not-${of.proposal}`;
  const word = viewer === "proposer" ? "Withdraw" : "Decline";

  async function run() {
    const done = await sign.submit(of);
    if (done) toast({ title: "Signed: it is in force.", tone: "success" });
    // A lapsed proposal is refused, and gone.
    router.refresh();
  }

  return (
    <>
      <FormError>{sign.formError}</FormError>
      {viewer === "signer" ? null : (
        <p id={whyNot} className="text-muted-foreground">
          {viewer === "proposer"
            ? "You proposed this: another admin signs it."
            : "An admin who did not propose it signs it."}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="positive"
          disabled={viewer !== "signer"}
          aria-describedby={viewer === "signer" ? undefined : whyNot}
          pending={sign.pending}
          onClick={() => void run()}
        >
          Sign
        </Button>
        {viewer === "reader" ? null : <Button onClick={() => setClosing(true)}>{word}</Button>}
      </div>
      <ConfirmDialog
        open={closing}
        onOpenChange={setClosing}
        title={`${word} this proposal?`}
        description="Nothing changes. The reason stands in the journal."
        confirmLabel={word}
        reason="required"
        reasonLabel="Why"
        onConfirm={async (reason) => {
          await orThrow(actions.close({ ...of, reason }));
          router.refresh();
        }}
      />
    </>
  );
}
