"use client";

import { useRouter } from "next/navigation";
import { FormError } from "@/components/identity/form-error";
import { useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import type { RemoveAction } from "./actions";

type Props = { issue: string; discrepancy: string; remove: RemoveAction };

/** Takes a discrepancy out of its issue; it stays confirmed. */
export function RemoveButton({ issue, discrepancy, remove }: Props) {
  const { submit, pending, formError } = useSubmit(remove);
  const router = useRouter();
  async function send() {
    if (await submit({ id: issue, discrepancyId: discrepancy })) router.refresh();
  }
  return (
    <>
      <Button size="sm" variant="ghost" pending={pending} onClick={() => void send()}>
        Take it out
      </Button>
      <FormError>{formError}</FormError>
    </>
  );
}
