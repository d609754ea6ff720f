import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Brand } from "@/app/_ui/brand";
import { SignOutButton } from "@/app/_ui/sign-out-button";
import { requireAccount } from "@/lib/auth/require-account";
import { NewTeamForm } from "./new-team-form";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("newTeam"))("title"),
});

export default async function NewTeamPage() {
  const [t, shell] = await Promise.all([
    getTranslations("newTeam"),
    getTranslations("shell"),
    requireAccount("/teams/new"),
  ]);
  return (
    <div className="mx-auto min-h-dvh max-w-[68rem] px-4 sm:px-6">
      <header className="flex min-h-14 items-center justify-between gap-3">
        <Link href="/">
          <Brand />
        </Link>
        <SignOutButton label={shell("signOut")} className="btn btn-quiet -mr-2" />
      </header>
      <main className="mx-auto max-w-[26rem] pt-8 pb-16 sm:pt-16">
        <h1>{t("title")}</h1>
        <p className="mt-1 text-pretty text-text-2">{t("lead")}</p>
        <div className="sheet mt-4 p-4 sm:p-5">
          <NewTeamForm
            timeZones={Intl.supportedValuesOf("timeZone")}
            words={{ name: t("name"), timeZone: t("timeZone"), timeZoneHint: t("timeZoneHint"), submit: t("submit") }}
          />
        </div>
      </main>
    </div>
  );
}
