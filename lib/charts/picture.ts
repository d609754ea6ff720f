export type PictureWords = {
  title: string;
  /** What was asked, and of which days. */
  question: string;
  /** What may be said of it, its sources and dates, a paragraph each. */
  notes: readonly string[];
};
export type PictureColors = {
  paper: string;
  text: string;
  faint: string;
  grid: string;
  gap: string;
  slots: readonly string[];
};
type Legend = { name: string; nameX: number; sample: (y: number) => string[] };

const WIDTH = 960;
export const SIDE = 32;
export const PLOT = { left: 104, right: 900, height: 340 };
const LINE = 20;
const FONT = "Inter, Segoe UI, Helvetica, Arial, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif";

/**
 * A drawing as a picture of its own, with its title, its legend and where its figures come from: to be pasted
 * elsewhere, so nothing in it depends on a page. Attributes only, because a page's policy may forbid styles.
 */
export function picture(
  { title, question, notes }: PictureWords,
  colors: PictureColors,
  legend: readonly Legend[],
  /** Draws within `PLOT`, from this height downwards; null when there is nothing to draw and the notes say so. */
  plot: ((top: number) => string[]) | null,
): string {
  const titles = wrap(title, WIDTH - 2 * SIDE, 21);
  const questions = wrap(question, WIDTH - 2 * SIDE, 12);
  const head = SIDE + titles.length * 26 + 8;
  const middle = head + (questions.length - 1) * 18;
  const top = middle + legend.length * LINE + 32;
  const lines = notes.flatMap((note) => wrap(note, WIDTH - 2 * SIDE, 12));
  const foot = top + (plot ? PLOT.height + 56 : 0);
  const height = foot + lines.length * 18 + SIDE / 2;
  const text = (x: number, y: number, words: string) => pictureText(x, y, words, colors.faint);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${FONT}" role="img" aria-labelledby="title">`,
    `<title id="title">${escaped([title, question].join(" · "))}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="${colors.paper}"/>`,
    ...titles.map(
      (line, index) =>
        `<text x="${SIDE}" y="${SIDE + 16 + index * 26}" font-size="20" font-weight="600" fill="${colors.text}">${escaped(line)}</text>`,
    ),
    ...questions.map((line, index) => text(SIDE, head + 4 + index * 18, line)),
    ...legend.flatMap(({ name, nameX, sample }, index) => {
      const y = middle + 26 + index * LINE;
      return [...sample(y), text(nameX, y + 4, name)];
    }),
    ...(plot?.(top) ?? []),
    ...lines.map((line, index) => text(SIDE, foot + index * 18, line)),
    "</svg>",
  ].join("\n");
}

export const pictureText = (x: number, y: number, words: string, color: string, look = "") =>
  `<text x="${x}" y="${y}" font-size="12" fill="${color}" ${look}>${escaped(words)}</text>`;

export const round = (value: number) => Math.round(value * 10) / 10;
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
