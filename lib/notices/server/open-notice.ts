import { countUse } from "@/lib/identity/server/sign-in-tries";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { PublicNotice } from "../public-notice";
import { findNotice } from "./find-notice";

export type Opened =
  | { kind: "notice"; notice: PublicNotice }
  | { kind: "none" }
  | { kind: "wait"; seconds: number };

/** Looks a day would hold of one person, and the longest wait after them, seconds. */
const looks = { free: 120, longest: 60 };

/** What a link shows. Looks are counted by network address (null where it is not known), so that nobody tries many. */
export async function openNotice(
  ctx: Context,
  { token, address }: { token: string; address: string | null },
): Promise<Opened> {
  authorize(ctx, "system.run");
  const seconds = address === null ? 0 : await countUse(ctx.db, `appeal look ${address}`, looks);
  if (seconds > 0) return { kind: "wait", seconds };
  const notice = await findNotice(ctx, token);
  return notice ? { kind: "notice", notice } : { kind: "none" };
}
