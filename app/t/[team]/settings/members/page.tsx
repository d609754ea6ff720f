import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { SaveTable } from "@/app/_ui/save-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows, type Role } from "@/lib/auth/permissions";
import { MOST_OPTIONS } from "@/lib/insights/choices";
import { day } from "@/lib/platform/format/date";
import { readInvitationsPage } from "@/lib/teams/read-invitations";
import { readMembersPage } from "@/lib/teams/read-members";
import { InviteForm } from "./invite-form";
import { MemberRow } from "./member-row";
import { OpenInvitations } from "./open-invitations";
import { PermissionMatrix } from "./permission-matrix";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

/** Fewer than elsewhere: what each role may do stands on the page as a table too. */
const ROWS = 25;

const BELOW_OWNER = ["admin", "analyst", "viewer"] as const satisfies readonly Role[];

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("members"))("title"),
});

export default async function MembersPage({ params, searchParams }: Props) {
  const [{ team: slug }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/settings/members");
  const path = `/t/${slug}/settings/members`;
  const [address, open] = [tableAddress(path, given), tableAddress(path, given, "open")];
  const { role: own } = ctx.member;
  const mayWrite = allows(own, "members:write") && !ctx.team.deletesAt;
  const [t, client, locale, members, first, invitations, now, mark] = await Promise.all([
    getTranslations("members"),
    getTranslations("client.invite"),
    getLocale(),
    readMembersPage(ctx, address.look, ROWS),
    readMembersPage(ctx, { q: "", page: 1 }, MOST_OPTIONS),
    mayWrite ? readInvitationsPage(ctx, open.look) : null,
    pageNow(),
    dataMark(ctx),
  ]);
  const roles = own === "owner" ? (["owner", ...BELOW_OWNER] as const) : BELOW_OWNER;
  // The same list for every row; of many the rows look themselves.
  const heirs =
    first.pages > 1
      ? null
      : first.items.filter(({ role }) => allows(role, "insights:buy")).map(({ id, name }) => ({ id, name }));
  return (
    <>
      <SettingsHeader slug={slug} mark={{ ...mark, sandbox: false }} />
      <div className="grid max-w-[46rem] gap-3.5">
        <p className="text-text-2">{t("lead")}</p>
        <section className="sheet min-w-0">
          <TableFind address={address} shown={members} table={t("title")} />
          {members.total === 0 && <NothingFound address={address} table={t("title")} />}
          <ScrollRegion label={t("title")} className={members.total === 0 ? "hidden" : "overflow-x-auto"}>
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
                {members.items.map((member) => {
                  const mayTouch = mayWrite && (own === "owner" || member.role !== "owner");
                  return (
                    <MemberRow
                      key={member.id}
                      slug={slug}
                      member={member}
                      since={day(member.joinedAt, now, locale, ctx.team.timeZone)}
                      isSelf={member.id === ctx.member.id}
                      roles={mayTouch ? roles : []}
                      mayRemove={mayTouch}
                      heirs={heirs}
                      mayTransfer={mayWrite && allows(own, "ownership:transfer") && member.role !== "owner"}
                    />
                  );
                })}
              </tbody>
            </table>
          </ScrollRegion>
          <TablePages address={address} shown={members} table={t("title")} rows={ROWS} />
        </section>
        <p className="-mt-2 flex flex-wrap justify-end">
          <SaveTable href={`/api/v1/members.csv?team=${slug}`} name={t("title")} />
        </p>
        {mayWrite && <InviteForm slug={slug} roles={roles} />}
        {invitations && (invitations.total > 0 || open.look.q !== "") && (
          <OpenInvitations
            slug={slug}
            find={
              <>
                <TableFind address={open} shown={invitations} table={client("openTitle")} />
                {invitations.total === 0 && <NothingFound address={open} table={client("openTitle")} />}
              </>
            }
            pages={<TablePages address={open} shown={invitations} table={client("openTitle")} />}
            invitations={invitations.items.map((invitation) => ({
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
