/** A closed interval, in the unit of the figure it belongs to. */
export type Interval = { lower: number; upper: number };
