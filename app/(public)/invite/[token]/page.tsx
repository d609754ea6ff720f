import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { SignOutButton } from "@/app/_ui/sign-out-button";
import { AuthCard } from "@/app/(public)/auth-card";
import { currentAccount } from "@/lib/auth/current-account";
import { readInvitation } from "@/lib/teams/read-invitation";
import { readTeams } from "@/lib/teams/read-teams";
import { JoinButton } from "./join-button";

type Props = { params: Promise<{ token: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("invite"))("title"),
  robots: { index: false },
});

/** What one is invited to, and the way in: one click for who is signed in, an account on the way for everybody else. */
export default async function InvitePage({ params }: Props) {
  const { token } = await params;
  const [t, auth, roles, account, invited] = await Promise.all([
    getTranslations("invite"),
    getTranslations("auth"),
    getTranslations("role"),
    currentAccount(),
    readInvitation(token),
  ]);
  if (!invited) {
    return (
      <AuthCard title={t("unknownTitle")}>
        <p className="text-text-2">{t("unknownText")}</p>
      </AuthCard>
    );
  }
  const { team, invitedBy, email, role, state } = invited;
  const isMember = account && (await readTeams(account.id)).some(({ slug }) => slug === team.slug);
  if (isMember) {
    return (
      <AuthCard title={t("insideTitle", { team: team.name })}>
        <Link href={`/t/${team.slug}`} className="btn btn-primary w-full">
          {t("open")}
        </Link>
      </AuthCard>
    );
  }
  if (state !== "open") {
    return (
      <AuthCard title={t(`${state}Title`)}>
        <p className="text-text-2">{t(`${state}Text`, { name: invitedBy })}</p>
      </AuthCard>
    );
  }
  const next = `?next=${encodeURIComponent(`/invite/${token}`)}`;
  return (
    <AuthCard title={t("joinTitle", { team: team.name })} lead={t("joinLead", { name: invitedBy, role: roles(role) })}>
      {!account && (
        <div className="grid gap-2">
          <p className="text-text-2">{email ? t("onlyFor", { email }) : t("howTo")}</p>
          <Link href={`/sign-up${next}`} className="btn btn-primary mt-1">
            {auth("submitSignUp")}
          </Link>
          <Link href={`/sign-in${next}`} className="btn">
            {auth("submitSignIn")}
          </Link>
        </div>
      )}
      {account && (!email || email === account.email) && <JoinButton token={token} label={t("join")} />}
      {account && email && email !== account.email && (
        <div className="grid gap-3">
          <p className="text-text-2">{t("otherAccount", { email, own: account.email })}</p>
          <SignOutButton label={t("switch")} className="btn" goal={`/invite/${token}`} />
        </div>
      )}
    </AuthCard>
  );
}
