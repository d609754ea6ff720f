import "server-only";
import type { useTranslations } from "next-intl";
import { z } from "zod";
import { labelsOf } from "@/app/_ui/labels";
import { dark, light } from "@/app/_ui/tokens";
import { shownWords } from "@/app/t/[team]/categories/[id]/shown-words";
import type { TeamContext } from "@/lib/auth/context";
import { LANGUAGES } from "@/lib/auth/schemas";
import type { PictureColors, PictureWords } from "@/lib/charts/picture";
import { fileAnswer } from "@/lib/http/file-answer";
import type { Locale } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/translate";
import { fullDay, isoDate } from "@/lib/platform/format/date";
import { readKey } from "@/lib/teams/read-key";

export const SVG = "image/svg+xml";

/** How a picture is wished for; its reader's language when none is named. */
export const pictureQuerySchema = z.object({
  language: z.enum(LANGUAGES, { error: "picture_language_unknown" }).optional(),
  theme: z.enum(["light", "dark"], { error: "picture_theme_unknown" }).default("light"),
});
type PictureQuery = z.output<typeof pictureQuerySchema>;

type Words = ReturnType<typeof pictureWords>;
type Drawn = {
  draw: (look: Pick<PictureWords, "notes"> & { colors: PictureColors }) => string;
  notes: readonly (string | false | null)[];
  /** When the answers behind it were fetched: moments, or days of the team. */
  fetched: readonly string[];
};

/** What a picture says, in its language: the components' words without a component. */
export function pictureWords(locale: Locale) {
  const t = translator(locale);
  // A component's translator knows its keys by name; this one throws where one is missing.
  const of = <Words>(prefix: string) => ((key: string, values?: never) => t(prefix + key, values)) as Words;
  return {
    locale,
    t,
    labels: labelsOf(of<ReturnType<typeof useTranslations<never>>>(""), locale),
    metricWords: of<ReturnType<typeof useTranslations<"metric">>>("metric."),
    alertWords: of<ReturnType<typeof useTranslations<"alerts">>>("alerts."),
    shown: shownWords(of<ReturnType<typeof useTranslations<"metric">>>("metric."), locale),
    span: ({ from, to }: { from: string; to: string }) =>
      t("picture.span", { from: fullDay(from, locale), to: fullDay(to, locale) }),
  };
}

/** A chart as a file to paste elsewhere: with its title, question and legend, and whose data of which days it shows. */
export async function pictureFile(
  ctx: TeamContext,
  { theme }: Pick<PictureQuery, "theme">,
  words: Words,
  nameParts: readonly string[],
  { fetched, notes, draw }: Drawn,
): Promise<Response> {
  const { host } = await readKey(ctx);
  const { t, span } = words;
  const { upstream, timeZone, name } = ctx.team;
  const days = fetched.map((at) => (at.length === "YYYY-MM-DD".length ? at : isoDate(at, timeZone))).sort();
  const [from, to] = [days[0], days.at(-1)];
  const tokens = { light, dark }[theme];
  const svg = draw({
    notes: [
      ...notes.filter((note) => typeof note === "string"),
      [
        from && to ? t("picture.source", { days: from === to ? fullDay(to, words.locale) : span({ from, to }) }) : null,
        upstream === "sandbox" ? t("app.sandbox") : null,
        upstream === "live" && host ? t("app.otherHost", { host }) : null,
        name,
        t("app.name"),
      ]
        .filter(Boolean)
        .join(" · "),
    ],
    colors: {
      paper: tokens.panel,
      text: tokens.text,
      faint: tokens["text-2"],
      grid: tokens.line,
      gap: tokens.sunk,
      slots: ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((slot) => tokens[`series-${slot}`]),
    },
  });
  return fileAnswer({ mediaType: SVG, ending: "svg" }, ["chart", ctx.team.slug, ...nameParts], pieces());

  async function* pieces() {
    yield svg;
  }
}
