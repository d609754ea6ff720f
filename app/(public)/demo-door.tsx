import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { DemoSignIn } from "@/lib/auth/demo-sign-in";

const COMMAND = "npm run demo";

/** The way into the demo: its people where it runs, else the command that starts one. */
export function DemoDoor({ demo }: { demo: DemoSignIn | null }) {
  const t = useTranslations("landing");
  const role = useTranslations("role");
  const roleOf = (name: string) => role(name as "owner");
  return (
    <section id="demo" className="sheet mt-10 grid scroll-mt-4 gap-x-10 gap-y-5 p-5 md:grid-cols-2">
      <div>
        <h2>{t("demoTitle")}</h2>
        <p className="mt-1.5 text-pretty text-text-2 leading-relaxed">{t("demoText")}</p>
      </div>
      {demo ? (
        <div>
          <ul className="divide-y divide-line border-line border-y">
            {demo.people.map(({ name, email, role: of }) => (
              <li key={email}>
                <Link
                  href={`/sign-in?email=${encodeURIComponent(email)}`}
                  prefetch={false}
                  className="flex min-h-12 items-center justify-between gap-3 px-1 py-2 hover:bg-sunk"
                >
                  <span className="min-w-0">
                    <strong className="font-semibold">{t("demoAs", { name })}</strong>
                    <span className="block truncate text-text-3 text-xs">{email}</span>
                  </span>
                  <span className="flex items-center gap-2 text-text-3">
                    {roleOf(of)}
                    <ChevronRight size={15} aria-hidden="true" />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          <p className="mt-3 text-text-2">
            {demo.password === null
              ? t("demoPasswordElsewhere")
              : t.rich("demoPassword", {
                  password: demo.password,
                  code: (text) => <code className="num select-all rounded bg-sunk px-1.5 py-0.5">{text}</code>,
                })}
          </p>
        </div>
      ) : (
        <div className="self-center">
          <p className="text-text-2">{t("demoCommandText")}</p>
          <pre className="mt-2 overflow-x-auto rounded-md bg-sunk px-3.5 py-2.5">
            <code className="select-all">{COMMAND}</code>
          </pre>
        </div>
      )}
    </section>
  );
}
