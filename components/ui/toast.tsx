"use client";

import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";

type ToastInput = {
  title: ReactNode;
  description?: ReactNode;
  tone?: "info" | "success" | "error";
  /** One action, such as Undo; it dismisses the toast. */
  action?: { label: string; onAction: () => void; shortcut?: string };
  /** 5000 unless said otherwise; errors stay until dismissed. */
  durationMs?: number;
};
type ToastItem = ToastInput & { id: number };
type Toasts = { toast: (input: ToastInput) => number; dismiss: (id: number) => void };

const ToastContext = createContext<Toasts | null>(null);
const icons = { info: Info, success: CircleCheck, error: CircleAlert };
const colours = {
  info: "text-primary-text",
  success: "text-approved-text",
  error: "text-declined-text",
};
const mostShown = 3;

/** `const { toast, dismiss } = useToast()`; `toast({ title, action: { label: "Undo", onAction } })` gives the id. */
export function useToast(): Toasts {
  const toasts = use(ToastContext);
  if (!toasts) throw new Error("useToast needs a ToastProvider above it");
  return toasts;
}

function ToastCard({ item, onGone }: { item: ToastItem; onGone: (id: number) => void }) {
  const {
    id,
    title,
    description,
    tone = "info",
    action,
    durationMs = tone === "error" ? Infinity : 5000,
  } = item;
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || durationMs === Infinity) return;
    const timer = setTimeout(() => onGone(id), durationMs);
    return () => clearTimeout(timer);
  }, [held, durationMs, id, onGone]);
  const Icon = icons[tone];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- holds the timer while read; does nothing else
    <li
      // A message that appears under a resting pointer is not being read: only a pointer that moves holds it.
      onPointerMove={(event) => setHeld(event.movementX !== 0 || event.movementY !== 0 || held)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex animate-rise-in items-center gap-3 rounded-card border bg-popover py-2 ps-3 pe-2 text-sm shadow-floating"
    >
      <Icon aria-hidden className={`size-4 shrink-0 ${colours[tone]}`} />
      <div className="min-w-0 grow">
        <p className="font-semibold">{title}</p>
        {description ? <p className="text-muted-foreground">{description}</p> : null}
      </div>
      {action ? (
        <Button
          size="sm"
          shortcut={action.shortcut}
          onClick={() => {
            action.onAction();
            onGone(id);
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <Button variant="ghost" size="icon" className="size-6" aria-label="Dismiss" onClick={() => onGone(id)}>
        <X aria-hidden />
      </Button>
    </li>
  );
}

/** Short messages in a live region that is always in the page, so that the first one is announced too. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<ToastItem[]>([]);
  const nextId = useRef(1);
  const dismiss = useCallback((id: number) => setItems((all) => all.filter((item) => item.id !== id)), []);
  const toast = useCallback((input: ToastInput) => {
    const id = nextId.current++;
    setItems((all) => [...all, { ...input, id }].slice(-mostShown));
    return id;
  }, []);
  const value = useMemo(() => ({ toast, dismiss }), [toast, dismiss]);
  return (
    <ToastContext value={value}>
      {children}
      <section
        aria-label="Messages"
        aria-live="polite"
        // In the empty middle of the top bar, where it covers no control; where the bar is full, above what stands at the bottom.
        className="pointer-events-none fixed inset-x-4 bottom-[calc(5rem+var(--tray-height,0px))] z-60 mx-auto max-w-96 lg:start-[13.5rem] lg:end-0 lg:top-1 lg:bottom-auto"
      >
        <ol className="flex flex-col gap-2">
          {items.map((item) => (
            <ToastCard key={item.id} item={item} onGone={dismiss} />
          ))}
        </ol>
      </section>
    </ToastContext>
  );
}
