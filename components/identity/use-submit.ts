"use client";

import { useState } from "react";
import type { FieldError } from "@/lib/kernel/errors";

/** What a server action answers. */
export type Answer<T> =
  | { ok: true; data: T }
  | { ok: false; error: { message: string; requestId?: string; errors: FieldError[] } };

/** Runs a server action once at a time and keeps what it refused: one sentence, and one a field. */
export function useSubmit<I, T>(send: (input: I) => Promise<Answer<T>>) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<{ message: string; errors: FieldError[] }>();

  async function submit(input: I): Promise<T | undefined> {
    setPending(true);
    setError(undefined);
    try {
      const answer = await send(input);
      if (answer.ok) return answer.data;
      setError(answer.error);
    } catch {
      setError({
        message: "The server cannot be reached. Check the connection, then try again.",
        errors: [],
      });
    } finally {
      setPending(false);
    }
    return undefined;
  }

  const fieldError = (name: string) => error?.errors.find((one) => one.pointer === `/${name}`)?.message;
  /** The sentence for the form as a whole: nothing when a field already says it. */
  const formError = error && error.errors.length === 0 ? error.message : undefined;
  return { submit, pending, fieldError, formError, errors: error?.errors ?? [] };
}

/** For a confirm dialog, which shows the message of what is thrown. */
export async function orThrow<T>(answer: Promise<Answer<T>>): Promise<T> {
  const result = await answer;
  if (result.ok) return result.data;
  throw new Error(result.error.message);
}
