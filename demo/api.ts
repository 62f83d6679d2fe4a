/** A small client of the public API, as an LLM app outside would write it. */
export type Api = {
  get: <T>(path: string) => Promise<T>;
  post: <T>(path: string, body: unknown, headers?: Record<string, string>) => Promise<T>;
};

/** An answer that was not 2xx; `status` 0 when there was none. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** Calls the API at `base` with a key; throws {@link ApiError} on anything but 2xx. */
export function apiClient(base: string, key: string): Api {
  const call = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> => {
    const response = await fetch(base + path, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    }).catch((error: unknown) => {
      throw new ApiError(0, error instanceof Error ? error.message : String(error));
    });
    const text = await response.text();
    if (!response.ok)
      throw new ApiError(
        response.status,
        `${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`,
      );
    return JSON.parse(text) as T;
  };
  return {
    get: (path) => call("GET", path),
    post: (path, body, headers) => call("POST", path, body, headers),
  };
}
