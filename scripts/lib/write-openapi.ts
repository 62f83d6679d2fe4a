import { writeFileSync } from "node:fs";
import { endpoints, tags } from "@/app/api/openapi.json/endpoints";
import { buildOpenApi } from "@/lib/server/openapi/build-openapi";
import { version } from "@/package.json";

// The server's address is the installation's own; linters frown on localhost, which it mostly is.
const document = buildOpenApi(endpoints, { version, serverUrl: "https://countersign.test", tags });
writeFileSync(process.argv[2] ?? "openapi.json", JSON.stringify(document, null, 2));
