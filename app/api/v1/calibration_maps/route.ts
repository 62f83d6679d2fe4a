import { fromQuery } from "@/lib/apps/server/handlers";
import { listCalibrationsEndpoint } from "@/lib/autonomy/calibrations";
import { getCalibrations } from "@/lib/autonomy/server/get-calibration";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listCalibrationsEndpoint, apiContext, fromQuery(getCalibrations));
