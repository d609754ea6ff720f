import { useTranslations } from "next-intl";

/** The mark: three bars on a leaf of the book. */
export function BrandMark({ className = "size-5" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" fill="var(--accent-soft)" />
      <path d="M7 17h4.6v8H7zM13.7 12h4.6v13h-4.6zM20.4 7H25v18h-4.6z" fill="var(--accent)" />
    </svg>
  );
}

export function Brand() {
  const t = useTranslations("app");
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-[0.9375rem] tracking-[-0.01em]">
      <BrandMark />
      {t("name")}
    </span>
  );
}
