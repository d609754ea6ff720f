import Link from "next/link";
import { useTranslations } from "next-intl";
import { LandingPreview } from "./landing-preview";

export function Landing() {
  const t = useTranslations("landing");
  const promises = [
    [t("onceTitle"), t("onceText")],
    [t("nameTitle"), t("nameText")],
    [t("sourceTitle"), t("sourceText")],
  ];
  return (
    <>
      <section className="grid gap-10 pt-10 pb-12 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:items-center lg:pt-16">
        <div>
          <h1 className="text-balance text-[1.75rem] leading-[1.15] tracking-[-0.025em] sm:text-[2.25rem]">
            {t("headline")}
          </h1>
          <p className="mt-4 max-w-[34rem] text-pretty text-[0.9375rem] text-text-2 leading-relaxed">{t("lead")}</p>
          <p className="mt-6 flex flex-wrap gap-2">
            <Link href="/sign-up" className="btn btn-primary px-4">
              {t("createAccount")}
            </Link>
            <Link href="/sign-in" className="btn px-4">
              {t("signIn")}
            </Link>
          </p>
        </div>
        <LandingPreview />
      </section>
      <section className="grid gap-x-10 gap-y-7 border-line border-t pt-9 md:grid-cols-3">
        {promises.map(([title, text]) => (
          <div key={title}>
            <h2>{title}</h2>
            <p className="mt-1.5 text-pretty text-text-2 leading-relaxed">{text}</p>
          </div>
        ))}
      </section>
      <section className="mt-9 grid gap-x-10 gap-y-7 border-line border-t pt-9 md:grid-cols-2">
        <div>
          <h2>{t("isTitle")}</h2>
          <p className="mt-1.5 text-pretty text-text-2 leading-relaxed">{t("isText")}</p>
        </div>
        <div>
          <h2>{t("isNotTitle")}</h2>
          <p className="mt-1.5 text-pretty text-text-2 leading-relaxed">{t("isNotText")}</p>
        </div>
      </section>
    </>
  );
}
