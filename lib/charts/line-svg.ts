import { type PictureColors, type PictureWords, PLOT, picture, pictureText, round, SIDE } from "./picture";
import type { LineChart } from "./prepare-line-chart";

export type LineSvgInput = PictureWords & {
  /** Null when there is nothing to draw: the notes say so. */
  chart: LineChart | null;
  /** In the order of the lines; a single one is named by the title alone. */
  names: readonly { letter: string; name: string }[];
  figureOf: (value: number) => string;
  markOf: (at: number) => string;
  colors: PictureColors;
};

/** As the page draws them, see `lines.css`. */
const DASHES = ["", "7 4", "2 4", "10 4 2 4", "14 5"] as const;

/** Prepared lines as a picture to paste elsewhere. */
export function lineSvg({ chart, names, figureOf, markOf, colors, ...words }: LineSvgInput): string {
  const legend = names.length > 1 ? names : [];
  const colorOf = (slot: number) => colors.slots[slot] ?? colors.text;
  const stroke = (index: number, slot: number) =>
    `fill="none" stroke="${colorOf(slot)}" stroke-linejoin="round" stroke-linecap="round" stroke-width="2"${
      DASHES[index] && legend.length > 0 ? ` stroke-dasharray="${DASHES[index]}"` : ""
    }`;
  const letter = (x: number, y: number, text: string) => pictureText(x, y + 4, text, colors.faint, 'font-weight="600"');
  return picture(
    words,
    colors,
    legend.map((one, index) => ({
      name: one.name,
      nameX: SIDE + 62,
      sample: (y) => [
        letter(SIDE, y, one.letter),
        `<path d="M${SIDE + 18} ${y}h34" ${stroke(index, chart?.lines[index]?.slot ?? 0)}/>`,
      ],
    })),
    chart && ((top) => plot(chart, top)),
  );

  function plot({ gaps, ticks, marks, lines, events }: LineChart, top: number): string[] {
    const x = (share: number) => round(PLOT.left + share * (PLOT.right - PLOT.left));
    const y = (share: number) => round(top + share * PLOT.height);
    /** A path in thousandths of the plot, in places of the picture. */
    const placed = (path: string) =>
      path.replace(
        /([ML])([\d.]+) ([\d.]+)/g,
        (_, step: string, across: string, down: string) =>
          `${step}${x(Number(across) / 1000)} ${y(Number(down) / 1000)}`,
      );
    return [
      ...gaps.map(
        ({ from, to }) =>
          `<rect x="${x(from)}" y="${top}" width="${round(x(to) - x(from))}" height="${PLOT.height}" fill="${colors.gap}"/>`,
      ),
      ...ticks.flatMap(({ value, y: at }) => [
        `<path d="M${PLOT.left} ${y(at)}H${PLOT.right}" stroke="${colors.grid}"/>`,
        pictureText(PLOT.left - 10, y(at) + 4, figureOf(value), colors.faint, 'text-anchor="end"'),
      ]),
      ...marks.map(({ at, x: share }) =>
        pictureText(
          x(share),
          top + PLOT.height + 22,
          markOf(at),
          colors.faint,
          `text-anchor="${share < 0.05 ? "start" : share > 0.95 ? "end" : "middle"}"`,
        ),
      ),
      ...events.map(
        ({ x: share }) =>
          `<path d="M${x(share)} ${top}v${PLOT.height}" stroke="${colors.text}" stroke-dasharray="3 3" stroke-width="1"/>`,
      ),
      ...lines.flatMap(({ slot, paths, dots, last, nameY }, index) => [
        ...paths.map((path) => `<path d="${placed(path)}" ${stroke(index, slot)}/>`),
        ...[...dots, ...(last ? [last] : [])].map(
          (dot) => `<circle cx="${x(dot.x)}" cy="${y(dot.y)}" r="3.5" fill="${colorOf(slot)}"/>`,
        ),
        ...(legend.length > 0 && nameY !== null ? [letter(PLOT.right + 12, y(nameY), names[index]?.letter ?? "")] : []),
      ]),
    ];
  }
}
