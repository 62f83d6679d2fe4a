import type { Context } from "@/lib/server/context";
import type { StopInput } from "../inputs";
import type { StopView } from "../views";
import { resume } from "./resume";

type Org = { admin: Context; person: (role: "admin") => Promise<Context> };

/** Turns a kill switch off as two admins do. */
export async function resumeByTwo(org: Org, input: StopInput): Promise<StopView> {
  await resume(org.admin, input);
  return resume(await org.person("admin"), input);
}
