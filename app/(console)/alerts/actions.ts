"use server";

import { userActionContext } from "@/lib/identity/server/user-context";
import {
  ChangeMonitor,
  MonitorDraft,
  MonitorRef,
  MuteMonitor,
  RotateSigningSecret,
} from "@/lib/monitors/endpoints";
import { SetDriftReference } from "@/lib/monitors/drift-endpoints";
import { AcknowledgeIncident, ResolveIncident } from "@/lib/monitors/incidents";
import { acknowledgeIncident } from "@/lib/monitors/server/acknowledge-incident";
import { archiveMonitor } from "@/lib/monitors/server/archive-monitor";
import { changeMonitor } from "@/lib/monitors/server/change-monitor";
import { createMonitor } from "@/lib/monitors/server/create-monitor";
import { muteMonitor } from "@/lib/monitors/server/mute-monitor";
import { resolveIncident } from "@/lib/monitors/server/resolve-incident";
import { rotateSigningSecret } from "@/lib/monitors/server/rotate-signing-secret";
import { setDriftReference } from "@/lib/monitors/server/set-drift-reference";
import { action } from "@/lib/server/action";

export const createMonitorAction = action(userActionContext, MonitorDraft, createMonitor);
export const changeMonitorAction = action(userActionContext, ChangeMonitor, changeMonitor);
export const archiveMonitorAction = action(userActionContext, MonitorRef, archiveMonitor);
export const muteMonitorAction = action(userActionContext, MuteMonitor, muteMonitor);
export const rotateSecretAction = action(userActionContext, RotateSigningSecret, rotateSigningSecret);
export const acknowledgeIncidentAction = action(userActionContext, AcknowledgeIncident, acknowledgeIncident);
export const resolveIncidentAction = action(userActionContext, ResolveIncident, resolveIncident);
export const setDriftReferenceAction = action(userActionContext, SetDriftReference, setDriftReference);
