import type { Metadata } from "next";
import { titleOf } from "@/components/ui/page-title";
import { type UserContext, userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";

/**
 * The title of a page of one thing: its name and what it is, so that tabs, bookmarks and histories tell one from
 * another. What is absent, or not to be seen by this person, is called by its kind alone.
 */
export function titled<P>(kind: string, nameOf: (ctx: UserContext, params: P) => Promise<string>) {
  return async ({ params }: { params: Promise<P> }): Promise<Metadata> => {
    const name = await nameOf(await userContext(), await params).catch(unnamed);
    return { title: name === "" ? kind : titleOf(name, kind) };
  };
}

function unnamed(error: unknown): string {
  if (error instanceof DomainError) return "";
  throw error;
}
