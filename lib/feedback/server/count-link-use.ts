import { clientAddress } from "@/lib/identity/server/client-address";
import { countUse } from "@/lib/identity/server/sign-in-tries";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Incoming } from "@/lib/server/handle";

/** Looks and words that one network address has before it waits, and the longest wait, seconds. */
const ofAddress = { look: { free: 300, longest: 60 }, say: { free: 200, longest: 300 } } as const;

/** Counts a use of any link by network address, before anything is looked up. Throws `rate_limited`. */
export async function countLinkUse(
  ctx: Context,
  kind: keyof typeof ofAddress,
  header: Incoming["header"],
): Promise<void> {
  authorize(ctx, "system.run");
  const address = clientAddress({ get: header });
  if (address === null) return;
  refuse(await countUse(ctx.db, `feedback ${kind} ${address}`, ofAddress[kind]));
}

/** Changes of one link before it waits, and the longest wait, seconds. */
const ofLink = { free: 20, longest: 900 };

/** Counts a change over one link, whoever sends it. Throws `rate_limited`. */
export async function countLinkChange(ctx: Context, linkId: string): Promise<void> {
  refuse(await countUse(ctx.db, `feedback link ${linkId}`, ofLink));
}

function refuse(seconds: number): void {
  if (seconds === 0) return;
  throw new DomainError("limited", `Wait ${seconds} seconds, then send it again.`, {
    code: "rate_limited",
    extra: { retry_after: seconds },
  });
}
