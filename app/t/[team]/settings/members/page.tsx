import { Check, Minus } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows, type Role } from "@/lib/auth/permissions";
import { day } from "@/lib/platform/format/date";
import { readMembers } from "@/lib/teams/read-members";

type Props = { params: Promise<{ team: string }> };

const ROLES = ["owner", "admin", "analyst", "viewer"] as const satisfies readonly Role[];
const MAY = [
  { name: "read", test: (role: Role) => allows(role, "insights:read") },
  { name: "buy", test: (role: Role) => allows(role, "insights:buy") },
  { name: "key", test: (role: Role) => allows(role, "key:write") },
] as const;

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("members"))("title"),
});

export default async function MembersPage({ params }: Props) {
  const { team: slug } = await params;
  const ctx = await requireTeam(slug, "/settings/members");
  const [t, roles, locale, members, now, mark] = await Promise.all([
    getTranslations("members"),
    getTranslations("role"),
    getLocale(),
    readMembers(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  return (
    <>
      <SettingsHeader slug={slug} mark={{ ...mark, sandbox: false }} />
      <div className="grid max-w-[46rem] gap-3.5">
        <p className="text-text-2">{t("lead")}</p>
        <section className="sheet overflow-x-auto">
          <table className="table" aria-label={t("title")}>
            <thead>
              <tr>
                <th scope="col" className="l pl-3.5!">
                  {t("name")}
                </th>
                <th scope="col" className="l max-sm:hidden">
                  {t("email")}
                </th>
                <th scope="col" className="l">
                  {t("role")}
                </th>
                <th scope="col">{t("since")}</th>
              </tr>
            </thead>
            <tbody>
              {members.map((member) => (
                <tr key={member.id}>
                  <td className="l pl-3.5!">
                    <strong className="font-medium">{member.name}</strong>
                    {member.id === ctx.member.id && <span className="tag ml-2">{t("you")}</span>}
                  </td>
                  <td className="l text-text-2 max-sm:hidden">{member.email}</td>
                  <td className="l">{roles(member.role)}</td>
                  <td className="text-text-2">{day(member.joinedAt, now, locale, ctx.team.timeZone)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
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
              {MAY.map(({ name, test }) => (
                <tr key={name}>
                  <th scope="row" className="l whitespace-normal! pl-3.5! font-normal! text-[0.8125rem]! text-text!">
                    {t(`may.${name}`)}
                  </th>
                  {ROLES.map((role) => {
                    const Icon = test(role) ? Check : Minus;
                    return (
                      <td key={role} className="text-center!">
                        <Icon
                          size={15}
                          aria-label={t(test(role) ? "yes" : "no")}
                          className={`mx-auto ${test(role) ? "text-accent" : "text-line-strong"}`}
                        />
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </div>
    </>
  );
}
