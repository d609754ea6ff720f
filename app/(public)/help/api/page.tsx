import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeader } from "@/app/_ui/page-header";
import { WordList } from "@/app/(public)/help/word-list";
import SUMMARIES from "@/messages/api-summaries.zh-CN.json";
import { ApiReference } from "./api-reference";
import { CopyText } from "./copy-text";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("apiHelp"))("title") });

/** As assistants take it; see docs/operate.md. */
const ASSISTANT = JSON.stringify(
  {
    mcpServers: {
      nichebook: {
        command: "npm",
        args: ["run", "--silent", "mcp"],
        cwd: "/path/to/nichebook",
        env: { NICHEBOOK_URL: "http://localhost:3000", NICHEBOOK_TOKEN: "nbk_…" },
      },
    },
  },
  null,
  2,
);

const FIRST = ["token", "team", "free", "spend", "errors"] as const;

/** How programs talk to Nichebook, and every call: from the description that the routes themselves give. */
export default async function ApiHelpPage() {
  const [t, locale] = await Promise.all([getTranslations("apiHelp"), getLocale()]);
  return (
    <div className="grid grid-cols-1 gap-8 pt-4">
      <div>
        <PageHeader title={t("title")} />
        <p className="max-w-[44rem] text-pretty text-text-2">{t("lead")}</p>
        <p className="mt-2 flex flex-wrap gap-x-4">
          <Link href="/help" className="link">
            {t("help")}
          </Link>
          <a href="/api/v1/openapi.json" className="link">
            {t("document")}
          </a>
        </p>
      </div>
      <section aria-labelledby="first">
        <h2 id="first" className="mb-3 text-[1rem]">
          {t("firstTitle")}
        </h2>
        <WordList words={FIRST.map((id) => ({ id, term: t(`first.${id}.term`), text: t(`first.${id}.text`) }))} />
      </section>
      <section aria-labelledby="mcp">
        <h2 id="mcp" className="text-[1rem]">
          {t("mcp.title")}
        </h2>
        <p className="mt-1 mb-3 max-w-[44rem] text-pretty text-text-2">{t("mcp.text")}</p>
        <CopyText text={ASSISTANT} label={t("mcp.config")} />
      </section>
      <section aria-labelledby="calls">
        <h2 id="calls" className="text-[1rem]">
          {t("callsTitle")}
        </h2>
        <ApiReference summaries={locale === "zh-CN" ? SUMMARIES : {}} />
      </section>
    </div>
  );
}
