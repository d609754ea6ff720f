import "server-only";
import { ROLES } from "./schemas";

export { ROLES };
export type Role = (typeof ROLES)[number];

/** Who may do what. The one table that verbs, pages and the permission matrix read. */
export const PERMISSIONS = {
  "team:read": ["viewer", "analyst", "admin", "owner"],
  "insights:read": ["viewer", "analyst", "admin", "owner"],
  "insights:buy": ["analyst", "admin", "owner"],
  "credits:read": ["viewer", "analyst", "admin", "owner"],
  "credits:settle": ["admin", "owner"],
  "limits:write": ["admin", "owner"],
  "members:read": ["viewer", "analyst", "admin", "owner"],
  "key:read": ["viewer", "analyst", "admin", "owner"],
  "key:write": ["admin", "owner"],
  "team:write": ["admin", "owner"],
  "notifications:write": ["viewer", "analyst", "admin", "owner"],
  "tracking:read": ["viewer", "analyst", "admin", "owner"],
  "tracking:write": ["analyst", "admin", "owner"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Permissions that spend or change something; a token of scope `read` has none of them. */
export const WRITES: ReadonlySet<Permission> = new Set([
  "insights:buy",
  "credits:settle",
  "limits:write",
  "key:write",
  "team:write",
  "notifications:write",
  "tracking:write",
]);

export const allows = (role: Role, permission: Permission) =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role);
