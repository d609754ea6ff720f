import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageHeader } from "@/app/_ui/page-header";
import { currentAccount } from "@/lib/auth/current-account";
import { allows } from "@/lib/auth/permissions";
import { readTeams } from "@/lib/teams/read-teams";
import { MetricTable } from "./metric-table";
import { WordList } from "./word-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("help.page"))("title"),
});

const CREDITS = [
  "fetch",
  "stored",
  "shared",
  "charged",
  "notCharged",
  "toConfirm",
  "reserved",
  "limit",
  "period",
  "receipt",
] as const;
const PLANS = ["search", "watchlist", "refresh", "schedule", "budget", "share"] as const;
const ALERTS = ["rule", "compare", "unusual", "missing", "wall", "reach"] as const;

/** What is built on, and on whose word; see `sandbox/README.md`. */
const ASSUMED = {
  row: "documented",
  price: "documented",
  windows: "third",
  months: "third",
  regions: "third",
  change: "third",
  order: "own",
  currency: "own",
  zero: "own",
  failed: "own",
  tie: "own",
} as const;

/** Figures, words and workings, for everybody: of the reader's teams only the ways to what their own keys answer. */
export default async function HelpPage() {
  const [t, account] = await Promise.all([getTranslations("help"), currentAccount()]);
  const checkable = account ? (await readTeams(account.id)).filter(({ role }) => allows(role, "key:write")) : [];
  const contents = [
    ["metrics", t("title")],
    ["credits", t("credits.title")],
    ["plans", t("plans.title")],
    ["alerts", t("alerts.title")],
    ["assumed", t("assumed.title")],
  ] as const;
  return (
    <div className="grid grid-cols-1 gap-10 pt-4">
      <div>
        <PageHeader title={t("page.title")} />
        <p className="max-w-[44rem] text-pretty text-text-2">{t("page.lead")}</p>
        <nav aria-label={t("page.contents")} className="mt-3">
          <ul className="-ml-2 flex flex-wrap gap-x-1">
            {contents.map(([id, title]) => (
              <li key={id}>
                <a href={`#${id}`} className="btn btn-quiet px-2">
                  {title}
                </a>
              </li>
            ))}
            <li>
              <Link href="/help/api" className="btn btn-quiet px-2">
                {t("page.api")}
              </Link>
            </li>
          </ul>
        </nav>
      </div>
      <Section id="metrics" title={t("title")} lead={t("lead")}>
        <MetricTable />
        <div className="mt-6 grid gap-x-10 gap-y-5 md:grid-cols-3">
          {(["change", "missing", "percentile"] as const).map((about) => (
            <section key={about}>
              <h3 className="font-semibold">{t(`${about}Title`)}</h3>
              <p className="mt-1.5 text-pretty text-text-2">{t(`${about}Text`)}</p>
            </section>
          ))}
        </div>
      </Section>
      <Section id="credits" title={t("credits.title")} lead={t("credits.lead")}>
        <WordList
          words={CREDITS.map((word) => ({ id: word, term: t(`words.${word}.term`), text: t(`words.${word}.text`) }))}
        />
      </Section>
      <Section id="plans" title={t("plans.title")} lead={t("plans.lead")}>
        <WordList
          words={PLANS.map((word) => ({
            id: word,
            term: t(`planWords.${word}.term`),
            text: t(`planWords.${word}.text`),
          }))}
        />
      </Section>
      <Section id="alerts" title={t("alerts.title")} lead={t("alerts.lead")}>
        <WordList
          words={ALERTS.map((word) => ({
            id: word,
            term: t(`alertWords.${word}.term`),
            text: t(`alertWords.${word}.text`),
          }))}
        />
      </Section>
      <Section id="assumed" title={t("assumed.title")} lead={t("assumed.lead")}>
        <ul className="sheet divide-y divide-line">
          {(Object.keys(ASSUMED) as (keyof typeof ASSUMED)[]).map((fact) => (
            <li key={fact} className="grid gap-x-4 gap-y-1 px-3.5 py-2.5 sm:grid-cols-[9rem_minmax(0,1fr)]">
              <span>
                <span className={`tag ${ASSUMED[fact] === "documented" ? "tag-good" : ""}`}>
                  {t(`assumed.${ASSUMED[fact]}`)}
                </span>
              </span>
              <span className="text-pretty">{t(`assumptions.${fact}`)}</span>
            </li>
          ))}
        </ul>
        <p className="mt-2 max-w-[44rem] text-pretty text-text-2">
          {t("assumed.check")}
          {checkable.map(({ slug, name }) => (
            <Link key={slug} href={`/t/${slug}/settings/key#source`} prefetch={false} className="link ml-2">
              {t("assumed.checkOf", { name })}
            </Link>
          ))}
        </p>
      </Section>
      <p>
        <Link href="/help/api" className="link">
          {t("page.api")}
        </Link>
        <span className="block text-text-2">{t("page.apiText")}</span>
      </p>
    </div>
  );
}

type SectionProps = { id: string; title: string; lead: string; children: ReactNode };

function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4">
      <h2 id={`${id}-title`} className="text-[1rem]">
        {title}
      </h2>
      <p className="mt-1 mb-3 max-w-[44rem] text-pretty text-text-2">{lead}</p>
      {children}
    </section>
  );
}
