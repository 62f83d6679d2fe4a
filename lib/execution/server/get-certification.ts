import { eq } from "drizzle-orm";
import { certifications } from "@/db/schema";
import { missing } from "@/lib/apps/server/find";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { CertificationView } from "../certification";
import { certificationViews } from "./certification-view";

/** One certification run; throws `not_found`. */
export async function getCertification(
  ctx: Context,
  { params }: { params: { certification: string } },
): Promise<CertificationView> {
  authorize(ctx, "apps.read");
  const { certification: id } = params;
  const [view] = await certificationViews(ctx, { where: eq(certifications.id, id), limit: 1 });
  return view ?? missing("certification", id);
}
