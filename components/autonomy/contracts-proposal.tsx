"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { type Answer, orThrow, useSubmit } from "@/components/identity/use-submit";
import { FormError } from "@/components/identity/form-error";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";

type Ref = { contract: string; proposal: string };
export type ProposalActions = {
  sign: (input: Ref) => Promise<Answer<unknown>>;
  decline: (input: Ref & { reason: string }) => Promise<Answer<unknown>>;
  withdraw: (input: Ref) => Promise<Answer<unknown>>;
};

type Props = Ref & {
  /** Who looks: its proposer, another admin, or somebody who may do neither. */
  viewer: "proposer" | "signer" | "reader";
  /** What the signature waits for, said above the buttons; a second admin cannot sign yet. */
  waits?: ReactNode;
  actions: ProposalActions;
};

/** Sign, decline, withdraw: what the viewer may, and why not the rest. */
export function ProposalButtons({ contract, proposal, viewer, waits, actions }: Props) {
  const [declining, setDeclining] = useState(false);
  const ref = { contract, proposal };
  const sign = useSubmit(actions.sign);
  const withdraw = useSubmit(actions.withdraw);
  const { toast } = useToast();
  const router = useRouter();

  async function run(what: typeof sign, said: string) {
    const done = await what.submit(ref);
    if (done) toast({ title: said, tone: "success" });
    // A lapsed proposal is refused, and gone.
    router.refresh();
  }

  const refused = sign.formError ?? sign.fieldError("threshold") ?? withdraw.formError;
  return (
    <div className="flex flex-col gap-2">
      <FormError>{refused}</FormError>
      {waits ? <div id="waits-for">{waits}</div> : null}
      {viewer === "signer" ? null : (
        <p id="why-not-sign" className="text-sm text-muted-foreground">
          {viewer === "proposer"
            ? "You proposed this: another admin signs it."
            : "An admin who did not propose it signs it."}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="positive"
          disabled={viewer !== "signer" || Boolean(waits)}
          aria-describedby={viewer === "signer" ? (waits ? "waits-for" : undefined) : "why-not-sign"}
          pending={sign.pending}
          onClick={() => void run(sign, "Signed: it is in force.")}
        >
          Sign
        </Button>
        {viewer === "proposer" ? (
          <Button pending={withdraw.pending} onClick={() => void run(withdraw, "Withdrawn.")}>
            Withdraw
          </Button>
        ) : null}
        {viewer === "signer" ? <Button onClick={() => setDeclining(true)}>Decline</Button> : null}
      </div>
      <ConfirmDialog
        open={declining}
        onOpenChange={setDeclining}
        title="Decline this proposal?"
        description="Nothing changes. Whoever proposed it is told why."
        confirmLabel="Decline"
        reason="required"
        reasonLabel="Why"
        onConfirm={async (reason) => {
          await orThrow(actions.decline({ ...ref, reason }));
          router.refresh();
        }}
      />
    </div>
  );
}

/** A frame for the proposal, so that it is found first. */
export function ProposalFrame({ children }: { children: ReactNode }) {
  return (
    <section
      aria-labelledby="proposal-title"
      className="rounded-card border border-review bg-review-soft p-4"
    >
      {children}
    </section>
  );
}
