"use client";

import { Check, Ellipsis, Hand, Moon, Pencil, SkipForward, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

type Props = {
  deliberate: boolean;
  /** Nothing can be ruled: read-only, resolved, or the next item is on its way. */
  disabled: boolean;
  /** False for whoever proposed it. */
  mayApprove: boolean;
  /** The person holds it already. */
  held: boolean;
  onApprove: () => void;
  onEdit: () => void;
  onDecline: () => void;
  onClaim: () => void;
  onSnooze: () => void;
  onSkip: () => void;
};

/** What a reviewer can do, with the keys printed. On a phone: three large buttons and the rest behind one. */
export function ActionBar(props: Props) {
  const { deliberate, disabled, mayApprove, held, onApprove, onEdit, onDecline, onClaim, onSnooze, onSkip } =
    props;
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
        shortcut={deliberate ? "$mod+Enter" : "a"}
        disabled={disabled || !mayApprove}
        onClick={onApprove}
      >
        <Check aria-hidden />
        Approve
      </Button>
      <Button
        className={`${big} max-md:order-2`}
        shortcut="e"
        disabled={disabled || !mayApprove}
        onClick={onEdit}
      >
        <Pencil aria-hidden />
        Edit
      </Button>
      <Button className={`${big} max-md:order-1`} shortcut="d" disabled={disabled} onClick={onDecline}>
        <X aria-hidden />
        Decline
      </Button>
      <div className="ms-auto flex gap-2 max-md:hidden">
        <Button variant="ghost" shortcut="m" disabled={disabled || held} onClick={onClaim}>
          <Hand aria-hidden />
          Claim
        </Button>
        <Button variant="ghost" shortcut="h" disabled={disabled} onClick={onSnooze}>
          <Moon aria-hidden />
          Snooze 1 h
        </Button>
        <Button variant="ghost" shortcut="s" disabled={disabled} onClick={onSkip}>
          <SkipForward aria-hidden />
          Skip
        </Button>
      </div>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            size="icon"
            aria-label="More actions"
            className="size-12 max-md:order-4 md:hidden"
            disabled={disabled}
          >
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={onSkip}>Skip</DropdownMenuItem>
          <DropdownMenuItem onSelect={onSnooze}>Snooze 1 h</DropdownMenuItem>
          {held ? null : <DropdownMenuItem onSelect={onClaim}>Claim</DropdownMenuItem>}
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}
