import { type ReactNode, useId } from "react";
import { FigureTable } from "@/components/ui/figure-table";

type Props = {
  /** The question the picture answers. */
  title: string;
  /** The answer in one sentence, with its population. */
  sentence: string;
  legend?: { label: string; color: string; dashed?: true }[];
  table: { columns: string[]; rows: (string | number)[][] };
  /** Said instead of the picture when there is nothing to draw. */
  empty?: string;
  children: ReactNode;
  /** `read`: the picture itself is gone through point by point. */
  picture?: "drawn" | "read";
};

/** Frame of every chart: question, sentence, picture, table. */
export function ChartFigure({ title, sentence, legend, table, empty, children, picture = "drawn" }: Props) {
  const id = useId();
  return (
    <figure
      aria-labelledby={id}
      className="flex h-full min-w-0 flex-col gap-2 rounded-card border bg-card p-4"
    >
      <figcaption className="flex flex-col gap-0.5">
        <h2 id={id} className="text-sm font-semibold text-muted-foreground">
          {title}
        </h2>
        <p className="text-sm">{sentence}</p>
      </figcaption>
      {legend && table.rows.length > 0 ? (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted-foreground">
          {legend.map(({ label, color, dashed }) => (
            <li key={label} className="inline-flex items-center gap-1.5">
              <svg viewBox="0 0 12 12" aria-hidden className="size-3">
                {dashed ? (
                  <line x1="0" y1="6" x2="12" y2="6" stroke={color} strokeWidth="2" strokeDasharray="3 2" />
                ) : (
                  <rect width="12" height="12" rx="2" fill={color} />
                )}
              </svg>
              {label}
            </li>
          ))}
        </ul>
      ) : null}
      {table.rows.length === 0 ? (
        <p className="flex min-h-24 grow items-center justify-center text-center text-sm text-balance text-muted-foreground">
          {empty ?? "Nothing to draw in this range yet."}
        </p>
      ) : (
        <>
          {/* The table below says the same to those who cannot see the picture; one that is read has words of its own. */}
          <div aria-hidden={picture === "drawn"} className="h-60 min-w-0 grow">
            {children}
          </div>
          <FigureTable caption={title} {...table} />
        </>
      )}
    </figure>
  );
}
