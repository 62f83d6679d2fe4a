"use server";

import { redirect } from "next/navigation";
import { signOut } from "@/lib/identity/server/sign-out";

export async function signOutAction(): Promise<void> {
  await signOut();
  redirect("/sign-in");
}
