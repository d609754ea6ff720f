import Link from "next/link";
import { useTranslations } from "next-intl";
import type { DemoSignIn } from "@/lib/auth/demo-sign-in";
import { DemoDoor } from "./demo-door";
import { LandingCourse } from "./landing-course";
import { LandingLedger } from "./landing-ledger";
import { LandingPreview } from "./landing-preview";

type Props = { demo: DemoSignIn | null; open: boolean };

/** What Nichebook is and is not, for strangers, with three glimpses of it that say that they are invented. */
export function Landing({ demo, open }: Props) {
  const t = useTranslations("landing");
  return (
    <>
      <section className="grid gap-10 pt-10 pb-12 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:items-center lg:pt-16">
        <div>
          <h1 className="text-balance text-[1.75rem] leading-[1.15] tracking-[-0.025em] sm:text-[2.25rem]">
            {t("headline")}
          </h1>
          <p className="mt-4 max-w-[34rem] text-pretty text-[0.9375rem] text-text-2 leading-relaxed">{t("lead")}</p>
          <p className="mt-6 flex flex-wrap gap-2">
            {open && (
              <Link href="/sign-up" className="btn btn-primary px-4">
                {t("createAccount")}
              </Link>
            )}
            <Link href="/sign-in" className={`btn px-4 ${open ? "" : "btn-primary"}`}>
              {t("signIn")}
            </Link>
            <a href="#demo" className="btn btn-quiet px-3">
              {t("seeDemo")}
            </a>
          </p>
        </div>
        <LandingPreview />
      </section>
      <section className="grid gap-x-10 gap-y-7 border-line border-t pt-9 md:grid-cols-3">
        {(["once", "name", "source"] as const).map((promise) => (
          <About key={promise} title={t(`${promise}Title`)} text={t(`${promise}Text`)} />
        ))}
      </section>
      <section className="mt-10 grid items-stretch gap-5 md:grid-cols-2">
        <LandingCourse />
        <LandingLedger />
      </section>
      <section className="mt-10 grid gap-x-10 gap-y-7 border-line border-t pt-9 md:grid-cols-2">
        <About title={t("isTitle")} text={t("isText")} />
        <About title={t("isNotTitle")} text={t("isNotText")} />
      </section>
      <DemoDoor demo={demo} />
      <p className="mt-10 text-text-3">
        <Link href="/help" className="link">
          {t("help")}
        </Link>
      </p>
    </>
  );
}

function About({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <h2>{title}</h2>
      <p className="mt-1.5 text-pretty text-text-2 leading-relaxed">{text}</p>
    </div>
  );
}
