import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { SaveTable } from "@/app/_ui/save-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows, type Role } from "@/lib/auth/permissions";
import { day } from "@/lib/platform/format/date";
import { readInvitations } from "@/lib/teams/read-invitations";
import { readMembers } from "@/lib/teams/read-members";
import { InviteForm } from "./invite-form";
import { MemberRow } from "./member-row";
import { OpenInvitations } from "./open-invitations";
import { PermissionMatrix } from "./permission-matrix";

type Props = { params: Promise<{ team: string }> };

const BELOW_OWNER = ["admin", "analyst", "viewer"] as const satisfies readonly Role[];

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("members"))("title"),
});

export default async function MembersPage({ params }: Props) {
  const { team: slug } = await params;
  const ctx = await requireTeam(slug, "/settings/members");
  const { role: own } = ctx.member;
  const mayWrite = allows(own, "members:write") && !ctx.team.deletesAt;
  const [t, locale, members, invitations, now, mark] = await Promise.all([
    getTranslations("members"),
    getLocale(),
    readMembers(ctx),
    mayWrite ? readInvitations(ctx) : [],
    pageNow(),
    dataMark(ctx),
  ]);
  const given = own === "owner" ? (["owner", ...BELOW_OWNER] as const) : BELOW_OWNER;
  const heirs = members.filter(({ role }) => allows(role, "insights:buy")).map(({ id, name }) => ({ id, name }));
  return (
    <>
      <SettingsHeader slug={slug} mark={{ ...mark, sandbox: false }} />
      <div className="grid max-w-[46rem] gap-3.5">
        <p className="text-text-2">{t("lead")}</p>
        <ScrollRegion label={t("title")} className="sheet overflow-x-auto">
          <table className="table" aria-label={t("title")}>
            <thead>
              <tr>
                <th scope="col" className="l pl-3.5!">
                  {t("name")}
                </th>
                <th scope="col" className="l">
                  {t("role")}
                </th>
                <th scope="col" className="max-sm:hidden">
                  {t("since")}
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {members.map((member) => {
                const mayTouch = mayWrite && (own === "owner" || member.role !== "owner");
                return (
                  <MemberRow
                    // A changed role makes the row anew, with the role that holds now.
                    key={`${member.id} ${member.role}`}
                    slug={slug}
                    member={member}
                    since={day(member.joinedAt, now, locale, ctx.team.timeZone)}
                    isSelf={member.id === ctx.member.id}
                    roles={mayTouch ? given : []}
                    mayRemove={mayTouch}
                    heirs={heirs.filter(({ id }) => id !== member.id)}
                    mayTransfer={mayWrite && allows(own, "ownership:transfer") && member.role !== "owner"}
                  />
                );
              })}
            </tbody>
          </table>
        </ScrollRegion>
        <p className="-mt-2 flex flex-wrap justify-end">
          <SaveTable href={`/api/v1/members.csv?team=${slug}`} name={t("title")} />
        </p>
        {mayWrite && <InviteForm slug={slug} roles={given} />}
        {invitations.length > 0 && (
          <OpenInvitations
            slug={slug}
            invitations={invitations.map((invitation) => ({
              ...invitation,
              until: t("inviteUntil", { day: day(invitation.expiresAt, now, locale, ctx.team.timeZone) }),
            }))}
          />
        )}
        <PermissionMatrix />
      </div>
    </>
  );
}
