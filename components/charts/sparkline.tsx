type Props = { values: (number | null)[] };

const width = 120;
const height = 28;

/** A course at a glance, from 0; gaps where nothing was observed. The tile's table says the same in numbers. */
export function Sparkline({ values }: Props) {
  const most = Math.max(...values.map((value) => value ?? 0), Number.EPSILON);
  const x = (place: number) =>
    values.length < 2 ? width / 2 : (place / (values.length - 1)) * (width - 4) + 2;
  const y = (value: number) => height - 2 - (value / most) * (height - 4);
  const path = values
    .map((value, place) => {
      if (value === null) return "";
      const before = values[place - 1] ?? null;
      return `${before === null ? "M" : "L"}${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join("");
  const alone = values.flatMap((value, place) =>
    value !== null && (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null
      ? [{ place, value }]
      : [],
  );
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden className="h-7 w-30 shrink-0">
      <path d={path} fill="none" stroke="var(--chart-1)" strokeWidth="1.5" />
      {alone.map(({ place, value }) => (
        <circle key={place} cx={x(place)} cy={y(value)} r="1.5" fill="var(--chart-1)" />
      ))}
    </svg>
  );
}
