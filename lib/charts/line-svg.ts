import type { LineChart } from "./prepare-line-chart";

export type LineSvgInput = {
  /** Null when there is nothing to draw: the notes say so. */
  chart: LineChart | null;
  title: string;
  /** What was asked, and of which days. */
  question: string;
  /** In the order of the lines; a single one is named by the title alone. */
  names: readonly { letter: string; name: string }[];
  /** What may be said of it, its sources and dates, a paragraph each. */
  notes: readonly string[];
  figureOf: (value: number) => string;
  markOf: (at: number) => string;
  colors: { paper: string; text: string; faint: string; grid: string; gap: string; slots: readonly string[] };
};

const WIDTH = 960;
const SIDE = 32;
const PLOT = { left: 104, right: 900, height: 340 };
const LINE = 20;
/** As the page draws them, see `lines.css`. */
const DASHES = ["", "7 4", "2 4", "10 4 2 4", "14 5"] as const;
const FONT = "Inter, Segoe UI, Helvetica, Arial, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif";

/**
 * A prepared chart as a picture of its own, with its title, its legend and where its figures come from: to be pasted
 * elsewhere, so nothing in it depends on a page. Attributes only, because a page's policy may forbid styles.
 */
export function lineSvg({ chart, title, question, names, notes, figureOf, markOf, colors }: LineSvgInput): string {
  const legend = names.length > 1 ? names : [];
  const titles = wrap(title, WIDTH - 2 * SIDE, 21);
  const questions = wrap(question, WIDTH - 2 * SIDE, 12);
  const head = SIDE + titles.length * 26 + 8;
  const middle = head + (questions.length - 1) * 18;
  const top = middle + legend.length * LINE + 32;
  const bottom = top + (chart ? PLOT.height : 0);
  const lines = notes.flatMap((note) => wrap(note, WIDTH - 2 * SIDE, 12));
  const foot = bottom + (chart ? 56 : 0);
  const height = foot + lines.length * 18 + SIDE / 2;
  const x = (share: number) => round(PLOT.left + share * (PLOT.right - PLOT.left));
  const y = (share: number) => round(top + share * PLOT.height);
  const colorOf = (slot: number) => colors.slots[slot] ?? colors.text;
  const text = (at: { x: number; y: number }, words: string, look = "") =>
    `<text x="${at.x}" y="${at.y}" font-size="12" fill="${colors.faint}" ${look}>${escaped(words)}</text>`;
  const stroke = (index: number, slot: number) =>
    `fill="none" stroke="${colorOf(slot)}" stroke-linejoin="round" stroke-linecap="round" stroke-width="2"${
      DASHES[index] && legend.length > 0 ? ` stroke-dasharray="${DASHES[index]}"` : ""
    }`;
  const plot = chart
    ? [
        ...chart.gaps.map(
          ({ from, to }) =>
            `<rect x="${x(from)}" y="${top}" width="${round(x(to) - x(from))}" height="${PLOT.height}" fill="${colors.gap}"/>`,
        ),
        ...chart.ticks.flatMap(({ value, y: at }) => [
          `<path d="M${PLOT.left} ${y(at)}H${PLOT.right}" stroke="${colors.grid}"/>`,
          text({ x: PLOT.left - 10, y: y(at) + 4 }, figureOf(value), 'text-anchor="end"'),
        ]),
        ...chart.marks.map(({ at, x: share }) =>
          text(
            { x: x(share), y: bottom + 22 },
            markOf(at),
            `text-anchor="${share < 0.05 ? "start" : share > 0.95 ? "end" : "middle"}"`,
          ),
        ),
        ...chart.lines.flatMap(({ slot, paths, dots, last, nameY }, index) => [
          ...paths.map((path) => `<path d="${placed(path)}" ${stroke(index, slot)}/>`),
          ...[...dots, ...(last ? [last] : [])].map(
            (dot) => `<circle cx="${x(dot.x)}" cy="${y(dot.y)}" r="3.5" fill="${colorOf(slot)}"/>`,
          ),
          ...(legend.length > 0 && nameY !== null
            ? [text({ x: PLOT.right + 12, y: y(nameY) + 4 }, names[index]?.letter ?? "", `font-weight="600"`)]
            : []),
        ]),
      ]
    : [];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${FONT}" role="img" aria-labelledby="title">`,
    `<title id="title">${escaped([title, question].join(" · "))}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="${colors.paper}"/>`,
    ...titles.map((line, index) => big(line, SIDE + 16 + index * 26)),
    ...questions.map((line, index) => text({ x: SIDE, y: head + 4 + index * 18 }, line)),
    ...legend.flatMap(({ letter, name }, index) => {
      const at = middle + 26 + index * LINE;
      const slot = chart?.lines[index]?.slot ?? 0;
      return [
        text({ x: SIDE, y: at + 4 }, letter, `font-weight="600"`),
        `<path d="M${SIDE + 18} ${at}h34" ${stroke(index, slot)}/>`,
        text({ x: SIDE + 62, y: at + 4 }, name),
      ];
    }),
    ...plot,
    ...lines.map((line, index) => text({ x: SIDE, y: foot + index * 18 }, line)),
    "</svg>",
  ].join("\n");

  function big(words: string, at: number): string {
    return `<text x="${SIDE}" y="${at}" font-size="20" font-weight="600" fill="${colors.text}">${escaped(words)}</text>`;
  }

  /** A path in thousandths of the plot, in places of the picture. */
  function placed(path: string): string {
    return path.replace(
      /([ML])([\d.]+) ([\d.]+)/g,
      (_, step: string, across: string, down: string) => `${step}${x(Number(across) / 1000)} ${y(Number(down) / 1000)}`,
    );
  }
}

const round = (value: number) => Math.round(value * 10) / 10;
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML knows no control characters
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(CONTROL, "").replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);

/** A Chinese character is as wide as the font is high, a Latin one somewhat more than half as wide. */
const widthOf = (char: string) => ((char.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.56);

/** A text in lines that fit, broken between words, or anywhere in Chinese. */
function wrap(text: string, width: number, size: number): string[] {
  const lines = [""];
  let used = 0;
  for (const piece of text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/gu) ?? []) {
    const wide = [...piece].reduce((sum, char) => sum + widthOf(char), 0) * size;
    if (used > 0 && used + wide > width) {
      lines.push("");
      used = 0;
    }
    lines[lines.length - 1] += piece;
    used += wide;
  }
  return lines;
}
