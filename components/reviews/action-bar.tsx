"use client";

import {
  Check,
  Ellipsis,
  Forward,
  Hand,
  MessageSquareReply,
  Moon,
  Pencil,
  SkipForward,
  X,
} from "lucide-react";
import { useKeyOf } from "@/components/shell/keymap";
import { panelRow } from "@/components/shell/corner-panel";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { ariaKeys } from "@/components/ui/key-text";
import { KeySigns } from "@/components/ui/key-signs";
import type { Verdict } from "@/lib/kernel/statuses";
import { refusalId } from "./refusal-id";
import { type MoreAbout, moreActions } from "./more-actions";

type Props = {
  deliberate: boolean;
  /** Nothing can be ruled: read-only, resolved, or the next item is on its way. */
  disabled: boolean;
  /** False for whom four eyes stands against. */
  mayApprove: boolean;
  /** What the queue lets one answer. */
  gives: readonly Verdict[];
  /** The person holds it already. */
  held: boolean;
  /** Whole seconds until a verdict is taken; 0 when it is. */
  wait: number;
  onApprove: () => void;
  onMode: (mode: "edit" | "decline" | "respond" | "forward" | "snooze") => void;
  onClaim: () => void;
  onSkip: () => void;
  /** What else can be done here, behind one button. */
  more: MoreAbout;
};

const moreId = "more-actions";

/** What its key does: opens the panel of further actions, or closes it. */
export function toggleMore(): void {
  const panel = document.getElementById(moreId);
  panel?.togglePopover();
  panel?.querySelector<HTMLButtonElement>("button:not(:disabled)")?.focus();
}

/** What a reviewer can do, with the keys printed. On a phone: three large buttons and the rest behind one. */
export function ActionBar(props: Props) {
  const { deliberate, disabled, mayApprove, gives, held, wait, more } = props;
  const keyOf = useKeyOf();
  const big = "max-md:h-12 max-md:grow";
  return (
    <div
      role="toolbar"
      aria-label="Verdict"
      className="flex items-center gap-2 border-t bg-surface px-4 py-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] md:px-6"
    >
      <Button
        variant="positive"
        className={`${big} max-md:order-3`}
        shortcut={keyOf(deliberate ? "submit" : "approve")}
        disabled={disabled || !mayApprove || wait > 0 || !gives.includes("approve")}
        aria-describedby={mayApprove ? undefined : refusalId}
        onClick={props.onApprove}
      >
        <Check aria-hidden />
        Approve
        {wait > 0 ? <span className="tabular-nums">in {wait} s</span> : null}
      </Button>
      <Button
        className={`${big} max-md:order-2`}
        shortcut={keyOf("edit")}
        disabled={disabled || !mayApprove || !gives.includes("edit")}
        onClick={() => props.onMode("edit")}
      >
        <Pencil aria-hidden />
        Edit
      </Button>
      <Button
        className={`${big} max-md:order-1`}
        shortcut={keyOf("decline")}
        disabled={disabled || wait > 0 || !gives.includes("decline")}
        onClick={() => props.onMode("decline")}
      >
        <X aria-hidden />
        Decline
      </Button>
      <Button
        className="max-lg:hidden"
        shortcut={keyOf("respond")}
        disabled={disabled || wait > 0 || !gives.includes("respond")}
        onClick={() => props.onMode("respond")}
      >
        <MessageSquareReply aria-hidden />
        Respond
      </Button>
      <div className="ms-auto flex gap-1 max-xl:hidden">
        <Button variant="ghost" shortcut={keyOf("claim")} disabled={disabled || held} onClick={props.onClaim}>
          <Hand aria-hidden />
          Claim
        </Button>
        <Button
          variant="ghost"
          shortcut={keyOf("forward")}
          disabled={disabled}
          onClick={() => props.onMode("forward")}
        >
          <Forward aria-hidden />
          Forward
        </Button>
        <Button
          variant="ghost"
          shortcut={keyOf("snooze")}
          disabled={disabled}
          onClick={() => props.onMode("snooze")}
        >
          <Moon aria-hidden />
          Snooze
        </Button>
        <Button variant="ghost" shortcut={keyOf("skip")} disabled={disabled} onClick={props.onSkip}>
          <SkipForward aria-hidden />
          Skip
        </Button>
      </div>
      <Button
        size="icon"
        variant="ghost"
        aria-label="More actions"
        aria-keyshortcuts={ariaKeys(keyOf("more") ?? "") || undefined}
        popoverTarget={moreId}
        className="max-xl:ms-auto max-md:order-4 max-md:ms-0 max-md:size-12"
      >
        <Ellipsis aria-hidden />
      </Button>
      <MorePanel more={more} />
    </div>
  );
}

function MorePanel({ more }: { more: MoreAbout }) {
  const keyOf = useKeyOf();
  return (
    <div
      id={moreId}
      popover="auto"
      role="group"
      aria-label="More actions"
      className="fixed inset-auto end-2 bottom-16 m-0 max-h-[70dvh] w-64 overflow-y-auto rounded-card border bg-popover p-1.5 text-popover-foreground shadow-floating open:animate-fade-in md:end-6"
    >
      {moreActions(more).map(({ id, label, run, disabled }) => (
        <button
          key={id}
          type="button"
          disabled={disabled}
          className={`${panelRow} disabled:opacity-55`}
          onClick={(event) => {
            event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
            run();
          }}
        >
          <span className="grow">{label}</span>
          {keyOf(id) ? (
            <Kbd aria-hidden>
              <KeySigns keys={keyOf(id) ?? ""} />
            </Kbd>
          ) : null}
        </button>
      ))}
    </div>
  );
}
