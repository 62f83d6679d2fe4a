"use client";

import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  /** A verb: “Stop automation”. */
  confirmLabel: string;
  tone?: "primary" | "danger";
  /** `required` asks for a reason before it lets go on; `optional` offers the field. */
  reason?: "none" | "optional" | "required";
  reasonLabel?: string;
  reasonHint?: string;
  /** A word to be typed exactly, for what cannot be undone. */
  typeToConfirm?: string;
  /** Gets the trimmed reason. Closes when it resolves; a thrown error's message is shown and the layer stays. */
  onConfirm: (reason: string) => void | Promise<unknown>;
  children?: ReactNode;
};

/** Asks before doing something that matters. */
export function ConfirmDialog({ open, onOpenChange, title, description, ...form }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={title} description={description}>
        <ConfirmForm {...form} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type FormProps = Omit<Props, "open" | "onOpenChange" | "title" | "description"> & {
  onDone: () => void;
};

function ConfirmForm({
  confirmLabel,
  tone = "primary",
  reason: asks = "none",
  reasonLabel = "Reason",
  reasonHint = "Kept in the journal with your name.",
  typeToConfirm,
  onConfirm,
  onDone,
  children,
}: FormProps) {
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const formId = useId();
  const ready = (asks !== "required" || reason.trim() !== "") && (!typeToConfirm || typed === typeToConfirm);

  async function confirm(event: FormEvent) {
    event.preventDefault();
    if (!ready || pending) return;
    setPending(true);
    setError(undefined);
    try {
      await onConfirm(reason.trim());
      onDone();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : "This did not work. Try again.");
      setPending(false);
    }
  }

  return (
    <form id={formId} onSubmit={(event) => void confirm(event)} className="flex flex-col gap-4">
      {children}
      {asks === "none" ? null : (
        <Field label={reasonLabel} required={asks === "required"} hint={reasonHint}>
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} maxLength={1000} />
        </Field>
      )}
      {typeToConfirm ? (
        <Field label={`Type ${typeToConfirm} to confirm`} required>
          <Input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      ) : null}
      {error ? (
        <p role="alert" className="rounded-control bg-declined-soft px-3 py-2 text-sm text-declined-text">
          {error}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant={tone} pending={pending} disabled={!ready}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
