// What forms offer to choose from, without the schemas: browsers need not load what checks them.

/** In a member's place: what the team's share for schedules pays, and nobody's own limit. */
export const SHARE = "share";
