"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";

type Props = { digest: string | undefined; onRetry: () => void };

/** A page that failed. What the error says stays on the server; its digest finds it in the log. */
export function PageFailure({ digest, onRetry }: Props) {
  const t = useTranslations("client.error");
  return (
    <div className="mx-auto grid max-w-[30rem] justify-items-center gap-2 px-4 py-16 text-center">
      <h1>{t("title")}</h1>
      <p className="text-balance text-text-2">{t("text")}</p>
      <p className="mt-3 flex gap-2">
        <button type="button" className="btn btn-primary" onClick={onRetry}>
          {t("retry")}
        </button>
        <Link href="/" className="btn">
          {t("home")}
        </Link>
      </p>
      {digest && <p className="mt-2 text-text-3 text-xs">{t("reference", { digest })}</p>}
    </div>
  );
}
