// What every group of metrics is made of.

/** Name and value of one metric. */
export type MetricEntry = readonly [name: string, value: number];
