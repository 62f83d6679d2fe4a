/** The look of every text-like control; 16 px on touch, so that a phone does not zoom in. */
export const controlStyles =
  "w-full min-w-0 rounded-control border border-input bg-surface px-2.5 text-sm text-foreground transition-colors placeholder:text-subtle-foreground disabled:cursor-not-allowed disabled:bg-surface-2 disabled:opacity-70 aria-invalid:border-declined pointer-coarse:text-md";
