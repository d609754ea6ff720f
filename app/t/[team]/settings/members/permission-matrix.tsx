import { Check, Minus } from "lucide-react";
import { useTranslations } from "next-intl";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { allows, PERMISSIONS, type Permission, type Role } from "@/lib/auth/permissions";

const ROLES = ["owner", "admin", "analyst", "viewer"] as const satisfies readonly Role[];

/** What each role may do, from the table that the code itself asks. */
export function PermissionMatrix() {
  const t = useTranslations("members");
  const roles = useTranslations("role");
  const may = useTranslations("permission");
  return (
    <ScrollRegion label={t("rolesTitle")} className="sheet overflow-x-auto">
      <h2 className="px-3.5 pt-3 pb-1">{t("rolesTitle")}</h2>
      <table className="table" aria-label={t("rolesTitle")}>
        <thead>
          <tr>
            <td />
            {ROLES.map((role) => (
              <th key={role} scope="col" className="text-center!">
                {roles(role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(Object.keys(PERMISSIONS) as Permission[]).map((permission) => (
            <tr key={permission}>
              <th
                scope="row"
                className="l min-w-40 whitespace-normal! pl-3.5! font-normal! text-[0.8125rem]! text-text!"
              >
                {may(permission)}
              </th>
              {ROLES.map((role) => {
                const isAllowed = allows(role, permission);
                const Icon = isAllowed ? Check : Minus;
                return (
                  <td key={role} className="text-center!">
                    <Icon
                      size={15}
                      aria-label={t(isAllowed ? "yes" : "no")}
                      className={`mx-auto ${isAllowed ? "text-accent" : "text-line-strong"}`}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
