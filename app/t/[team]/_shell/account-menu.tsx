import { CircleHelp, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { PopoverPanel } from "@/app/_ui/popover-panel";
import { SignOutButton } from "@/app/_ui/sign-out-button";
import { SoftLink } from "@/app/_ui/soft-link";

type Props = { id: string; account: { name: string; email: string }; className?: string; compact?: boolean };

export function AccountMenu({ id, account, className = "", compact = false }: Props) {
  const t = useTranslations("shell");
  const help = useTranslations("help");
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-description={t("accountMenu")}
        className={`btn btn-quiet justify-start gap-2 px-2 ${className}`}
      >
        <span
          aria-hidden="true"
          className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-[0.6875rem] text-text"
        >
          {[...account.name][0]?.toUpperCase()}
        </span>
        <span className={compact ? "sr-only" : "truncate"}>{account.name}</span>
      </button>
      <PopoverPanel id={id} label={t("accountMenu")}>
        <p className="truncate px-2.5 py-1.5 text-text-3 text-xs">{account.email}</p>
        <SoftLink href="/account" className="menu-item">
          <UserRound size={15} aria-hidden="true" className="shrink-0" />
          {t("account")}
        </SoftLink>
        <SoftLink href="/help" className="menu-item">
          <CircleHelp size={15} aria-hidden="true" className="shrink-0" />
          {help("title")}
        </SoftLink>
        <div className="menu-line" />
        <SignOutButton label={t("signOut")} className="menu-item" />
      </PopoverPanel>
    </>
  );
}
