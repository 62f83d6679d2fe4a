import { authRoute } from "@/lib/identity/server/auth-route";

export { authRoute as GET, authRoute as POST };
