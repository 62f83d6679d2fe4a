import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import {
  ContractFilter,
  ContractRef,
  CreateContract,
  ProposalBody,
  ProposalRef,
  ReasonBody,
  TermsPatch,
} from "./contracts";
import { ChangeView, ContractView, EpochView, ProposalView } from "./views";

const about = { tag: "Contracts", security: "key" } as const;
const path = "/api/v1/contracts";
const one = `${path}/{contract}` as const;
const reading = { scope: "decisions:read", params: ContractRef, status: 200 } as const;

export const listContractsEndpoint = endpoint({
  ...about,
  id: "listContracts",
  method: "GET",
  path,
  summary: "List autonomy contracts with what their evidence says",
  description: "An app's key sees the contracts of its own app.",
  scope: "decisions:read",
  query: ContractFilter,
  response: listOf(ContractView),
  status: 200,
  problems: { 404: "not_found" },
});
export const createContractEndpoint = endpoint({
  ...about,
  id: "createContract",
  method: "POST",
  path,
  summary: "Make an autonomy contract",
  description:
    "Admins only. From now on nothing of its segment runs alone before a threshold is certified and two admins signed.",
  body: CreateContract,
  response: ContractView,
  status: 201,
  problems: { 404: "not_found", 409: "segment_taken", 422: "validation_failed" },
});
export const getContractEndpoint = endpoint({
  ...about,
  ...reading,
  id: "getContract",
  method: "GET",
  path: one,
  summary: "Get a contract with the evidence of its certification period",
  response: ContractView,
  problems: { 404: "not_found" },
});
export const updateContractEndpoint = endpoint({
  ...about,
  id: "updateContract",
  method: "PATCH",
  path: one,
  summary: "Tighten the terms of a contract",
  description:
    "Admins only. Looser terms are refused here: propose them, a second admin signs. What changes the promise begins a new certification period.",
  params: ContractRef,
  body: TermsPatch,
  response: ContractView,
  status: 200,
  problems: { 404: "not_found", 409: "needs_two", 412: "stale_version", 422: "validation_failed" },
});

const proposals = `${one}/proposals` as const;
export const listProposalsEndpoint = endpoint({
  ...about,
  ...reading,
  id: "listContractProposals",
  method: "GET",
  path: proposals,
  summary: "List what was proposed for a contract",
  query: ListQuery,
  response: listOf(ProposalView),
  problems: { 404: "not_found" },
});
export const proposeEndpoint = endpoint({
  ...about,
  id: "proposeAutonomy",
  method: "POST",
  path: proposals,
  summary: "Propose more autonomy, with the evidence of now",
  description:
    "Admins only; another admin signs. A threshold must be certified now, and again when it is signed.",
  params: ContractRef,
  body: ProposalBody,
  response: ProposalView,
  status: 201,
  problems: {
    404: "not_found",
    409: "proposal_open, flips_unopened",
    412: "stale_version",
    422: "threshold_not_certified",
  },
});

const decided = {
  ...about,
  method: "POST",
  params: ProposalRef,
  status: 200,
} as const;
export const signProposalEndpoint = endpoint({
  ...decided,
  id: "signContractProposal",
  path: `${proposals}/{proposal}/sign`,
  summary: "Sign what another admin proposed",
  description: "It is in force at once. Whoever proposed it does not sign it.",
  response: ContractView,
  problems: {
    403: "own_proposal",
    404: "not_found",
    409: "proposal_lapsed, replay_required, flips_unopened, expanded_today",
    422: "threshold_not_certified",
  },
});
export const declineProposalEndpoint = endpoint({
  ...decided,
  id: "declineContractProposal",
  path: `${proposals}/{proposal}/decline`,
  summary: "Decline what another admin proposed",
  body: ReasonBody,
  response: ProposalView,
  problems: { 404: "not_found", 409: "conflict", 422: "validation_failed" },
});
export const withdrawProposalEndpoint = endpoint({
  ...decided,
  id: "withdrawContractProposal",
  path: `${proposals}/{proposal}/withdraw`,
  summary: "Withdraw one's own proposal",
  response: ProposalView,
  problems: { 404: "not_found", 409: "conflict" },
});

const taken = {
  ...about,
  method: "POST",
  params: ContractRef,
  body: ReasonBody,
  response: ContractView,
  status: 200,
} as const;
export const stepDownEndpoint = endpoint({
  ...taken,
  id: "stepDownContract",
  path: `${one}/step_down`,
  summary: "Take autonomy back",
  description:
    "Reviewers and admins, alone. A person rules on everything from now on, and a new certification period begins.",
  problems: { 404: "not_found", 409: "conflict", 422: "validation_failed" },
});
export const rollBackEndpoint = endpoint({
  ...taken,
  id: "rollBackContract",
  path: `${one}/rollback`,
  summary: "Go back to the setting before",
  description:
    "Admins, alone. To the threshold that was in force before in this certification period, where it is still certified and stricter; else to review of everything.",
  problems: { 404: "not_found", 409: "conflict", 422: "validation_failed" },
});
export const archiveContractEndpoint = endpoint({
  ...taken,
  id: "archiveContract",
  path: `${one}/archive`,
  summary: "Archive a contract",
  description:
    "Admins, alone. While other contracts of the same app, type and prediction remain, what it covered goes to people; after the last one the autonomy of the app and type counts again.",
  problems: { 404: "not_found", 409: "conflict", 422: "validation_failed" },
});
export const listChangesEndpoint = endpoint({
  ...about,
  ...reading,
  id: "listContractChanges",
  method: "GET",
  path: `${one}/changes`,
  summary: "List everything that happened to a contract, newest first",
  query: ListQuery,
  response: listOf(ChangeView),
  problems: { 404: "not_found" },
});
export const listEpochsEndpoint = endpoint({
  ...about,
  ...reading,
  id: "listContractEpochs",
  method: "GET",
  path: `${one}/epochs`,
  summary: "List the certification periods of a contract, newest first",
  query: ListQuery,
  response: listOf(EpochView),
  problems: { 404: "not_found" },
});

export const contractEndpoints = [
  listContractsEndpoint,
  createContractEndpoint,
  getContractEndpoint,
  updateContractEndpoint,
  listProposalsEndpoint,
  proposeEndpoint,
  signProposalEndpoint,
  declineProposalEndpoint,
  withdrawProposalEndpoint,
  stepDownEndpoint,
  rollBackEndpoint,
  archiveContractEndpoint,
  listChangesEndpoint,
  listEpochsEndpoint,
] as const;
