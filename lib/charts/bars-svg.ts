import { type PictureColors, type PictureWords, PLOT, picture, pictureText, round, SIDE } from "./picture";
import type { Bar, StackedBars } from "./prepare-stacked-bars";

export type BarsSvgInput = PictureWords & {
  chart: StackedBars;
  nameOf: (key: string) => string;
  figureOf: (value: number) => string;
  markOf: (bar: Bar) => string;
  colors: PictureColors;
};

/** A few bars stay narrow, and of many only so many are named as there is room for. */
const FEWEST_PLACES = 12;
const MOST_MARKS = 11;
const INSET = 0.15;

/** Prepared bars as a picture to paste elsewhere. */
export function barsSvg({ chart, nameOf, figureOf, markOf, colors, ...words }: BarsSvgInput): string {
  const { bars, series, ticks } = chart;
  const colorOf = (slot: number) => colors.slots[slot] ?? colors.text;
  const step = Math.ceil(bars.length / MOST_MARKS);
  const wide = (PLOT.right - PLOT.left) / Math.max(bars.length, FEWEST_PLACES);
  const x = (place: number) => round(PLOT.left + place * wide);
  return picture(
    words,
    colors,
    series.map(({ key, slot }) => ({
      name: nameOf(key),
      nameX: SIDE + 20,
      sample: (y) => [`<rect x="${SIDE}" y="${y - 5}" width="10" height="10" rx="2" fill="${colorOf(slot)}"/>`],
    })),
    (top) => {
      const y = (share: number) => round(top + (1 - share) * PLOT.height);
      const scale = ticks.at(-1) ?? 1;
      return [
        ...ticks.flatMap((tick) => [
          `<path d="M${PLOT.left} ${y(tick / scale)}H${PLOT.right}" stroke="${colors.grid}"/>`,
          pictureText(PLOT.left - 10, y(tick / scale) + 4, figureOf(tick), colors.faint, 'text-anchor="end"'),
        ]),
        ...bars.flatMap((bar, index) => [
          ...bar.parts.map(
            ({ slot, from, to }) =>
              `<rect x="${x(index + INSET)}" y="${y(to)}" width="${round(wide * (1 - 2 * INSET))}" height="${round(y(from) - y(to))}" fill="${colorOf(slot)}" stroke="${colors.paper}"/>`,
          ),
          ...(index % step === 0
            ? [pictureText(x(index + 0.5), top + PLOT.height + 22, markOf(bar), colors.faint, 'text-anchor="middle"')]
            : []),
        ]),
      ];
    },
  );
}
