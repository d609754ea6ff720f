import "server-only";
import { ROLES } from "./schemas";

export { ROLES };
export type Role = (typeof ROLES)[number];

/** Who may do what. The one table that verbs, pages and the permission matrix read. */
export const PERMISSIONS = {
  "team:read": ["viewer", "analyst", "admin", "owner"],
  "insights:read": ["viewer", "analyst", "admin", "owner"],
  "opened:write": ["viewer", "analyst", "admin", "owner"],
  "insights:buy": ["analyst", "admin", "owner"],
  "credits:read": ["viewer", "analyst", "admin", "owner"],
  "credits:settle": ["admin", "owner"],
  "limits:set": ["admin", "owner"],
  "limits:write": ["admin", "owner"],
  "members:read": ["viewer", "analyst", "admin", "owner"],
  "members:write": ["admin", "owner"],
  "membership:leave": ["viewer", "analyst", "admin", "owner"],
  "ownership:transfer": ["owner"],
  "key:read": ["viewer", "analyst", "admin", "owner"],
  "key:write": ["admin", "owner"],
  "team:write": ["admin", "owner"],
  "team:delete": ["owner"],
  "audit:read": ["admin", "owner"],
  "tokens:read": ["viewer", "analyst", "admin", "owner"],
  "tokens:write": ["viewer", "analyst", "admin", "owner"],
  "tokens:manage": ["admin", "owner"],
  "notifications:write": ["viewer", "analyst", "admin", "owner"],
  "tracking:read": ["viewer", "analyst", "admin", "owner"],
  "tracking:write": ["analyst", "admin", "owner"],
  "schedules:write": ["analyst", "admin", "owner"],
  "first_steps:write": ["viewer", "analyst", "admin", "owner"],
  "filters:write": ["viewer", "analyst", "admin", "owner"],
  "reviews:write": ["viewer", "analyst", "admin", "owner"],
  "alerts:read": ["viewer", "analyst", "admin", "owner"],
  "alerts:write": ["analyst", "admin", "owner"],
  "webhooks:read": ["viewer", "analyst", "admin", "owner"],
  "webhooks:write": ["admin", "owner"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Permissions that spend or change something; a token of scope `read` has none of them. */
export const WRITES: ReadonlySet<Permission> = new Set([
  "opened:write",
  "insights:buy",
  "credits:settle",
  "limits:set",
  "limits:write",
  "members:write",
  "membership:leave",
  "ownership:transfer",
  "key:write",
  "team:write",
  "team:delete",
  "notifications:write",
  "tracking:write",
  "schedules:write",
  "first_steps:write",
  "filters:write",
  "reviews:write",
  "alerts:write",
  "webhooks:write",
  "tokens:write",
  "tokens:manage",
]);

/**
 * All that a token of scope `read+spend` may spend or change. A schedule would spend beside the token's limit and after
 * its end, and administration could lift the limit: both ask for somebody signed in.
 */
export const BY_TOKEN: ReadonlySet<Permission> = new Set([
  "opened:write",
  "insights:buy",
  "credits:settle",
  "limits:set",
  "notifications:write",
  "tracking:write",
  "reviews:write",
  "alerts:write",
]);

/** What a team that is about to be deleted still lets its members do, beside reading. */
export const WHILE_DELETING: ReadonlySet<Permission> = new Set([
  "filters:write",
  "opened:write",
  "team:delete",
  "membership:leave",
  "notifications:write",
]);

export const allows = (role: Role, permission: Permission) =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role);
