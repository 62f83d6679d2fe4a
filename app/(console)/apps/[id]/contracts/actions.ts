"use server";

import {
  CreateContract,
  DeclineProposal,
  ProposalRef,
  ProposeAutonomy,
  UpdateTerms,
  WithReason,
} from "@/lib/autonomy/contracts";
import { archiveContract } from "@/lib/autonomy/server/archive-contract";
import { createContract } from "@/lib/autonomy/server/create-contract";
import { declineProposal, withdrawProposal } from "@/lib/autonomy/server/decline-proposal";
import { proposeAutonomy } from "@/lib/autonomy/server/propose-autonomy";
import { rollBack } from "@/lib/autonomy/server/roll-back";
import { signProposal } from "@/lib/autonomy/server/sign-proposal";
import { stepDownContract } from "@/lib/autonomy/server/step-down-contract";
import { updateTerms } from "@/lib/autonomy/server/update-terms";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const createContractAction = action(userActionContext, CreateContract, createContract);
export const updateTermsAction = action(userActionContext, UpdateTerms, updateTerms);
export const proposeAction = action(userActionContext, ProposeAutonomy, proposeAutonomy);
export const signAction = action(userActionContext, ProposalRef, signProposal);
export const declineAction = action(userActionContext, DeclineProposal, declineProposal);
export const withdrawAction = action(userActionContext, ProposalRef, withdrawProposal);
export const stepDownAction = action(userActionContext, WithReason, stepDownContract);
export const rollBackAction = action(userActionContext, WithReason, rollBack);
export const archiveAction = action(userActionContext, WithReason, archiveContract);
