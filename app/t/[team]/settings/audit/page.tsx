import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { EmptyState } from "@/app/_ui/empty-state";
import { Notice } from "@/app/_ui/notice";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { refusedFields } from "@/app/t/[team]/credits/address";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import type { TeamContext } from "@/lib/auth/context";
import { allows } from "@/lib/auth/permissions";
import { MOST_OPTIONS } from "@/lib/insights/choices";
import type { AuditEntry, AuditInput, AuditPage } from "@/lib/teams/audit-schemas";
import { readAudit } from "@/lib/teams/read-audit";
import { readPeople, readPeopleNamed } from "@/lib/teams/read-people";
import { auditCsvHref, auditHref, parseAudit, type Typed } from "./address";
import { AuditFilter } from "./audit-filter";
import { AuditTable } from "./audit-table";

type Props = {
  params: Promise<{ team: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("audit"))("title"),
});

export default async function AuditLogPage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/settings/audit");
  const [t, mark] = await Promise.all([getTranslations("audit"), dataMark(ctx)]);
  return (
    <>
      <SettingsHeader slug={slug} mark={mark} />
      {allows(ctx.member.role, "audit:read") ? (
        <AuditLog ctx={ctx} address={address} />
      ) : (
        <Notice tone="plain">
          <p>{t("hidden")}</p>
        </Notice>
      )}
    </>
  );
}

type LogProps = { ctx: TeamContext; address: Awaited<Props["searchParams"]> };

async function AuditLog({ ctx, address }: LogProps) {
  const { slug, timeZone } = ctx.team;
  const { shown, typed, mistakes } = parseAudit(address);
  const [t, log, people, now] = await Promise.all([
    getTranslations("audit"),
    readShown(ctx, shown),
    readPeople(ctx, MOST_OPTIONS + 1),
    pageNow(),
  ]);
  const { items, nextCursor } = log.page;
  const isPart = people.length > MOST_OPTIONS;
  // Of many, those whom these entries are about, and whoever is looked for.
  const about = isPart ? [...idsIn(items), ...(typed.member ? [typed.member] : [])] : [];
  const named = isPart
    ? await readPeopleNamed(
        ctx,
        about.filter((id) => z.uuid().safeParse(id).success),
      )
    : people;
  const names = new Map([{ id: ctx.team.id, name: ctx.team.name }, ...named].map(({ id, name }) => [id, name]));
  return (
    <>
      <p className="mb-3 max-w-[42rem] text-pretty text-text-2">{t("lead", { timeZone })}</p>
      <AuditFilter
        slug={slug}
        typed={typed}
        mistakes={{ ...mistakes, ...log.mistakes }}
        people={isPart ? null : people}
        chosen={named.find(({ id }) => id === typed.member) ?? null}
        csvHref={auditCsvHref(slug, log.shown)}
      />
      <section className="sheet min-w-0">
        {items.length > 0 ? (
          <AuditTable items={items} names={names} now={now} timeZone={timeZone} />
        ) : (
          <EmptyState title={t("emptyTitle")}>
            <p>{t("emptyText")}</p>
          </EmptyState>
        )}
        {(log.shown.cursor || nextCursor) && (
          <footer className="flex justify-between gap-3 border-line border-t px-3 py-2">
            {log.shown.cursor ? (
              <Link
                href={auditHref(slug, { ...log.shown, cursor: undefined })}
                prefetch={false}
                className="btn btn-quiet"
              >
                {t("newest")}
              </Link>
            ) : (
              <span />
            )}
            {nextCursor && (
              <Link
                href={auditHref(slug, { ...log.shown, cursor: nextCursor })}
                prefetch={false}
                rel="next"
                className="btn"
              >
                {t("older")}
              </Link>
            )}
          </footer>
        )}
      </section>
    </>
  );
}

const IDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Whatever these entries may be about. */
const idsIn = (items: AuditEntry[]) => [...new Set(JSON.stringify(items).match(IDS) ?? [])];

/** A cursor that was cut short is no reason for a broken page; a member of another team is a mistake in the form. */
async function readShown(
  ctx: TeamContext,
  shown: AuditInput,
  mistakes: Typed = {},
): Promise<{ page: AuditPage; shown: AuditInput; mistakes: Typed }> {
  try {
    return { page: await readAudit(ctx, shown), shown, mistakes };
  } catch (error) {
    const [refused] = refusedFields(error);
    if (!refused) throw error;
    const { path, message } = refused;
    return readShown(ctx, { ...shown, [path]: undefined }, { ...mistakes, [path]: message });
  }
}
