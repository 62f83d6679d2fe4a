import Link from "next/link";

export type BarLine = {
  label: string;
  value: number | null;
  lower: number | null;
  upper: number | null;
  n: number;
  cumulative: number | null;
  href: string | null;
};

type Props = { bars: BarLine[]; format: (value: number) => string };

/** Horizontal bars with their intervals as whiskers, printed values first. Differences may lie on both sides of 0. */
export function BarList({ bars, format }: Props) {
  const ends = bars.flatMap(({ value, lower, upper }) => [value ?? 0, lower ?? 0, upper ?? 0]);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const span = most - least || 1;
  const place = (value: number) => `${(((value - least) / span) * 100).toFixed(2)}%`;
  return (
    <ul className="flex flex-col gap-2">
      {bars.map(({ label, value, lower, upper, n, cumulative, href }) => (
        <li key={label} className="flex min-w-0 flex-col gap-0.5 text-xs">
          <span className="flex min-w-0 justify-between gap-2">
            <span className="truncate" title={label}>
              {href === null ? (
                label
              ) : (
                <Link href={href} className="underline underline-offset-2">
                  {label}
                </Link>
              )}
            </span>
            <span className="shrink-0 text-muted-foreground tabular-nums">
              {value === null ? "not enough" : format(value)}
              {lower === null || upper === null ? "" : ` (${format(lower)} to ${format(upper)})`} · n{" "}
              {n.toLocaleString("en")}
              {cumulative === null ? "" : ` · ${format(cumulative)} up to here`}
            </span>
          </span>
          <svg aria-hidden className="h-3 w-full overflow-visible">
            <line x1={place(0)} x2={place(0)} y1="0" y2="12" stroke="var(--border-strong)" />
            {value === null ? null : (
              <rect
                x={place(Math.min(0, value))}
                width={`${((Math.abs(value) / span) * 100).toFixed(2)}%`}
                y="2"
                height="8"
                rx="1"
                fill="var(--chart-1)"
              />
            )}
            {lower === null || upper === null ? null : (
              <line
                x1={place(lower)}
                x2={place(upper)}
                y1="6"
                y2="6"
                stroke="var(--chart-2)"
                strokeWidth="2"
              />
            )}
          </svg>
        </li>
      ))}
    </ul>
  );
}
