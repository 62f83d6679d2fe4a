import { linkLimits } from "@/lib/feedback/link-limits";
import { receiveFeedbackForm } from "@/lib/feedback/server/receive-feedback-form";
import { publicContext } from "@/lib/identity/server/system-context";
import { serveRaw } from "@/lib/server/serve";

export const POST = serveRaw(receiveFeedbackForm(publicContext), linkLimits.bytes);
