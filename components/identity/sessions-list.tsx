"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { useHydrated } from "@/components/identity/use-hydrated";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { FormError } from "@/components/identity/form-error";

export type SessionItem = {
  id: string;
  device: string;
  method: "password" | "oidc";
  lastSeenAt: string;
  expiresAt: string;
  current: boolean;
};

type Props = {
  sessions: SessionItem[];
  end: (input: { sessionId: string }) => Promise<Answer<unknown>>;
};

/** Where the person is signed in; any of it can be ended. */
export function SessionsList({ sessions, end }: Props) {
  const router = useRouter();
  const ready = useHydrated();
  const [ending, setEnding] = useState<string>();
  const { submit, pending, formError } = useSubmit(end);
  async function endOne(sessionId: string) {
    setEnding(sessionId);
    if (await submit({ sessionId })) router.refresh();
  }
  return (
    <div className="flex flex-col gap-3">
      <FormError>{formError}</FormError>
      <ul className="divide-y rounded-card border bg-card">
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3"
          >
            <div className="flex min-w-0 flex-col gap-0.5">
              <span className="flex flex-wrap items-center gap-2 text-sm font-semibold">
                <UntrustedInline text={session.device} />
                {session.current ? <Badge tone="accent">This session</Badge> : null}
              </span>
              <span className="text-xs text-muted-foreground">
                {session.method === "oidc" ? "Single sign-on" : "Password"}, used{" "}
                <Time at={session.lastSeenAt} />, ends <Time at={session.expiresAt} />
              </span>
            </div>
            {session.current ? null : (
              <Button
                size="sm"
                aria-label={`End the session of ${session.device}`}
                disabled={!ready}
                pending={pending && ending === session.id}
                onClick={() => void endOne(session.id)}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
