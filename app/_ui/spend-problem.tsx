"use client";
import { X } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { day } from "@/lib/platform/format/date";
import { AskForMore } from "./ask-for-more";
import type { Problem } from "./problem";

const KNOWN = [
  "key_missing",
  "key_rejected",
  "upstream_out_of_credits",
  "team_limit_reached",
  "member_limit_reached",
  "token_limit_reached",
  "upstream_rate_limited",
  "too_many_requests",
  "upstream_no_data",
  "upstream_invalid_answer",
  "upstream_failed",
  "upstream_timeout",
  "forbidden",
  "not_found",
  "unauthenticated",
  "conflict",
  "invalid_request",
  "offline",
  "internal",
  "unavailable",
] as const;
type Known = (typeof KNOWN)[number];

const REASONS = ["unauthorized", "forbidden", "key_unusable", "schedules_share"] as const;

/** Where the next step of a problem leads; the others end with pressing again. */
function nextStep(code: Known, slug: string, signInFrom: string): string | null {
  switch (code) {
    case "key_missing":
    case "key_rejected":
    case "upstream_out_of_credits":
      return `/t/${slug}/settings/key`;
    case "team_limit_reached":
    case "member_limit_reached":
    case "token_limit_reached":
    case "upstream_invalid_answer":
    case "upstream_timeout":
      return `/t/${slug}/credits`;
    case "not_found":
      return "/";
    case "unauthenticated":
      return `/sign-in?next=${encodeURIComponent(signInFrom)}`;
    default:
      return null;
  }
}

type Props = {
  problem: Problem;
  priceCredits: number;
  slug: string;
  timeZone: string;
  /** A step that leads to the page one is on already says nothing. */
  hideNext?: boolean;
  onDismiss: () => void;
};

/** Why a press bought nothing, whether it cost anything, and what to do next. Stands in place until dismissed. */
export function SpendProblem({ problem, priceCredits, slug, timeZone, hideNext = false, onDismiss }: Props) {
  const t = useTranslations("client");
  const locale = useLocale();
  const code: Known = KNOWN.find((known) => known === problem.code) ?? "internal";
  const price = t("spend.credits", { count: priceCredits });
  const reason = REASONS.find((known) => known === problem.reason);
  const next = nextStep(code, slug, typeof location === "undefined" ? "/" : location.pathname + location.search);
  const nextKey = `problem.${code}.next` as const;

  return (
    <div role="alert" className="notice notice-bad relative w-full max-w-[44rem] pr-10 text-left text-text">
      <p className="font-semibold">{t(`problem.${code}.title`)}</p>
      <p className="text-text-2">{explain()}</p>
      {reason && (code === "key_rejected" || code === "team_limit_reached") && (
        <p className="text-text-2">{t(`problem.reason.${reason}`)}</p>
      )}
      {problem.errors?.map((mistake) => (
        <p key={mistake.path} className="text-text-2">
          {mistake.message}
        </p>
      ))}
      {code === "member_limit_reached" && <AskForMore slug={slug} />}
      <p className="num mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
        <strong>{costLine()}</strong>
        {next && !hideNext && t.has(nextKey as never) && (
          <Link href={next} prefetch={false} className="link">
            {t(nextKey as never)}
          </Link>
        )}
        {problem.requestId && (
          <span className="break-all text-text-3 text-xs">{t("spend.requestId", { id: problem.requestId })}</span>
        )}
      </p>
      <button
        type="button"
        onClick={onDismiss}
        aria-label={t("spend.dismiss")}
        className="absolute top-2 right-2 grid size-7 place-items-center rounded text-text-3 hover:text-text"
      >
        <X size={15} aria-hidden="true" />
      </button>
    </div>
  );

  function explain(): string {
    switch (code) {
      case "team_limit_reached":
      case "member_limit_reached":
      case "token_limit_reached": {
        const { limit, spent, held, resetsAt } = problem;
        if (limit === undefined || spent === undefined || held === undefined || !resetsAt) {
          return t(`problem.${code}.textPlain`);
        }
        const resets = day(resetsAt, resetsAt, locale, timeZone);
        return t(`problem.${code}.text`, { limit, spent, held, day: resets });
      }
      case "upstream_rate_limited":
      case "too_many_requests":
        return problem.retryAfterSeconds === undefined
          ? t(`problem.${code}.textPlain`)
          : t(`problem.${code}.text`, { seconds: problem.retryAfterSeconds });
      default:
        return t(`problem.${code}.text`);
    }
  }

  function costLine(): string {
    if (problem.outcome) return t(`cost.${problem.outcome}`, { price });
    return ["offline", "internal", "unavailable"].includes(code) ? t("cost.unknown") : t("cost.none");
  }
}
