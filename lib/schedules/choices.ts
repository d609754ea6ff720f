// What forms offer to choose from, without the schemas: browsers need not load what checks them.

export const CADENCES = ["daily", "weekdays", "weekly", "monthly", "budget"] as const;
export type Cadence = (typeof CADENCES)[number];
export const PRIORITIES = [1, 2, 3] as const;
