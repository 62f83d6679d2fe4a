"use client";

import { useRouter } from "next/navigation";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";

export type RetryScoreAction = (input: { score: string }) => Promise<Answer<unknown>>;

/** Has a failed score given again. */
export function RetryScore({ score, retry }: { score: string; retry: RetryScoreAction }) {
  const { submit, pending, formError } = useSubmit(retry);
  const router = useRouter();
  async function again() {
    if (await submit({ score })) router.refresh();
  }
  return (
    <>
      <Button size="sm" pending={pending} onClick={() => void again()}>
        Score it again
      </Button>
      <FormError>{formError}</FormError>
    </>
  );
}
