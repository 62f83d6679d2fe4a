type Props = { requestId?: string; onRetry: () => void };

/** The last resort's page. Plain elements: it is part of every page's first load. */
export function RootFailure({ requestId, onRetry }: Props) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-3 p-6">
      <h1 className="text-lg font-semibold">Something went wrong</h1>
      <p className="text-muted-foreground">
        The page could not be shown. Nothing you did was lost. Try again; if it keeps failing, send us the
        request.
      </p>
      {requestId ? (
        <p className="text-sm text-muted-foreground">
          Request <code className="font-mono text-foreground">{requestId}</code>
        </p>
      ) : null}
      <button
        type="button"
        onClick={onRetry}
        className="mt-2 h-8 rounded-control bg-primary px-3 text-sm font-semibold text-primary-foreground hover:bg-primary-hover pointer-coarse:h-12"
      >
        Try again
      </button>
    </main>
  );
}
