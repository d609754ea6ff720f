"use client";
import "./globals.css";

// Said in both languages and not from the catalogues: what reads those may be what failed.
const SENTENCES = [
  {
    lang: "en",
    title: "Nichebook cannot be shown right now",
    text: "Nothing was bought and nothing is lost.",
    retry: "Try again",
  },
  { lang: "zh-CN", title: "类目簿暂时无法显示", text: "没有产生扣费，也没有丢失任何内容。", retry: "重试" },
];

type Props = { error: Error & { digest?: string }; retry: () => void };

/** The whole application failed, most likely because its database is away. */
export default function ApplicationError({ error, retry }: Props) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto grid min-h-dvh max-w-[30rem] content-center justify-items-center gap-6 px-4 text-center">
          {SENTENCES.map(({ lang, title, text, retry: again }) => (
            <section key={lang} lang={lang} className="grid justify-items-center gap-1.5">
              <h1>{title}</h1>
              <p className="text-text-2">{text}</p>
              <button type="button" className="btn mt-2" onClick={() => retry()}>
                {again}
              </button>
            </section>
          ))}
          {error.digest && <p className="text-text-3 text-xs">{error.digest}</p>}
        </main>
      </body>
    </html>
  );
}
