/** Stands in for `server-only` outside Next, where there is no client bundle to guard against. */
export {};
