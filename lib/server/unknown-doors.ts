import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { send } from "./front-door";
import { problem, type Outgoing } from "./handle";

/** One operation of the API: `{name}` stands for a segment of its path. */
export type Operation = { method: string; path: string };
type Address = { path: RegExp; parameters: number; methods: string[] };

const under = /^\/api\/v1(?:\/|$)/;

/**
 * Answers what a program asks of the API where nothing is, or with a method that nothing there answers to, as problems
 * are answered everywhere: Next says it with a page, or with nothing. Resolves to false for everything else, untouched.
 * The operations are read with the first request that may need them.
 */
export function unknownDoors(operations: () => Promise<readonly Operation[]>) {
  let addresses: Promise<Address[]> | undefined;
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    // Of an address with a slash too many, Next names the right one.
    if (!under.test(path) || path.endsWith("/") || path.includes("//")) return false;
    addresses ??= operations().then(addressesOf);
    const outgoing = refusalOf(request.method ?? "", path, await addresses);
    if (outgoing) send(request, response, outgoing);
    return outgoing !== undefined;
  };
}

function addressesOf(operations: readonly Operation[]): Address[] {
  const byPath = Map.groupBy(operations, ({ path }) => path);
  const addresses = [...byPath].map(([path, own]) => {
    const methods = own.map(({ method }) => method);
    const also = methods.includes("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"];
    return {
      path: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{[^}]+\}/g, "[^/]+")}$`),
      parameters: path.split("{").length - 1,
      methods: [...methods, ...also].toSorted(),
    };
  });
  // A segment's own name comes before a parameter in its place.
  return addresses.toSorted((one, other) => one.parameters - other.parameters);
}

function refusalOf(method: string, path: string, addresses: readonly Address[]): Outgoing | undefined {
  const id = newId("request");
  const address = addresses.find((one) => one.path.test(path));
  if (!address) {
    const nothing = new DomainError("not_found", "There is nothing at this address. See /docs/api.");
    return problem(nothing, id, path);
  }
  if (address.methods.includes(method)) return undefined;
  const allowed = address.methods.join(", ");
  const refused = new DomainError("not_allowed", `${method} is not for this address; ${allowed} are.`, {
    code: "method_not_allowed",
  });
  const outgoing = problem(refused, id, path);
  return { ...outgoing, headers: { ...outgoing.headers, Allow: allowed } };
}
