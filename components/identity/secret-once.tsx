"use client";

import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { DialogClose } from "@/components/ui/dialog";

type Props = { label: string; secret: string; children: string };

/** A secret that is shown this one time, with what to do with it. */
export function SecretOnce({ label, secret, children }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <p className="rounded-control bg-review-soft px-3 py-2 text-sm text-review-text">{children}</p>
      <CodeBlock label={label} code={secret} />
      <DialogClose asChild>
        <Button variant="primary" className="self-end">
          Done
        </Button>
      </DialogClose>
    </div>
  );
}
