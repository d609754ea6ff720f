import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { refusedFields } from "@/app/t/[team]/credits/address";
import type { TeamContext } from "@/lib/auth/context";
import { readSavingsPage } from "@/lib/credits/read-savings";
import { fullDay } from "@/lib/platform/format/date";
import { WasteFigures } from "./waste-figures";

type Props = { ctx: TeamContext; slug: string };

/** The last whole period in four figures, with the way to what can be done about them. */
export async function SavingsBox({ ctx, slug }: Props) {
  const [t, locale, read] = await Promise.all([
    getTranslations("savings"),
    getLocale(),
    readSavingsPage(ctx, { members: { q: "", page: 1 } }).catch(tooLarge),
  ]);
  const savings = read?.savings ?? null;
  return (
    <SavingsFrame
      title={t("title")}
      text={
        savings &&
        t(savings.period.isRunning ? "running" : "span", {
          from: fullDay(savings.period.from, locale),
          to: fullDay(savings.period.to, locale),
        })
      }
    >
      {savings ? <WasteFigures savings={savings} /> : <p className="text-text-2">{t("large")}</p>}
      <Link href={`/t/${slug}/credits/savings`} prefetch={false} className="link w-fit">
        {t("more")}
      </Link>
    </SavingsFrame>
  );
}

/** What stands there while the period is looked through, as high as what comes. */
export async function SavingsWaiting() {
  const t = await getTranslations("savings");
  return (
    <SavingsFrame title={t("title")} text={null}>
      <p className="min-h-48 text-text-3 lg:min-h-28">{t("loading")}</p>
    </SavingsFrame>
  );
}

type FrameProps = { title: string; text: string | null; children: React.ReactNode };

function SavingsFrame({ title, text, children }: FrameProps) {
  return (
    <section className="mb-3.5 grid gap-2" aria-label={title}>
      <h2>
        {title} {text && <span className="num font-normal text-text-3">{text}</span>}
      </h2>
      {children}
    </section>
  );
}

function tooLarge(error: unknown): null {
  if (refusedFields(error).some(({ message }) => message === "period_large")) return null;
  throw error;
}
