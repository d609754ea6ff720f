/**
 * Colours and lines of both themes, WCAG AA on every surface they meet. `spend` is on what costs credits and nothing
 * else; `rise` and `fall` are hues, which of them means "up" is the reader's choice (see `globals.css`).
 */
export const light = {
  bg: "#fafaf9",
  panel: "#ffffff",
  sunk: "#f4f4f2",
  line: "#e4e3df",
  "line-strong": "#cfcdc6",
  text: "#1b1a17",
  "text-2": "#57544c",
  "text-3": "#6c685f",
  accent: "#1f5f5b",
  "accent-strong": "#174a47",
  "accent-soft": "#e3efed",
  "accent-text": "#ffffff",
  spend: "#9a4505",
  "spend-soft": "#fdf0e3",
  "spend-line": "#efc79b",
  green: "#157347",
  red: "#b3261e",
  flat: "#6c685f",
  bad: "#b3261e",
  "bad-soft": "#fcecea",
  "bad-line": "#efc2bd",
  warn: "#6b5200",
  "warn-soft": "#fff7d6",
  "warn-line": "#e8d693",
  shadow: "0 8px 28px rgb(27 26 23 / .14), 0 1px 3px rgb(27 26 23 / .10)",
  edge: "rgb(27 26 23 / .10)",
} as const;

export type Tokens = Record<keyof typeof light, string>;

export const dark: Tokens = {
  bg: "#131312",
  panel: "#1b1b19",
  sunk: "#252522",
  line: "#31302c",
  "line-strong": "#4a4842",
  text: "#eeece6",
  "text-2": "#b7b3a8",
  "text-3": "#9d988c",
  accent: "#7fc4bd",
  "accent-strong": "#a3d8d2",
  "accent-soft": "#1d3331",
  "accent-text": "#0d1f1d",
  spend: "#f0a35c",
  "spend-soft": "#33230f",
  "spend-line": "#6d4a20",
  green: "#5fcf94",
  red: "#f28b82",
  flat: "#9d988c",
  bad: "#f28b82",
  "bad-soft": "#331c1a",
  "bad-line": "#6b3a35",
  warn: "#e6cf7a",
  "warn-soft": "#332c10",
  "warn-line": "#5e5222",
  shadow: "0 10px 32px rgb(0 0 0 / .55), 0 1px 3px rgb(0 0 0 / .5)",
  edge: "rgb(0 0 0 / .45)",
};

/** The tokens as CSS custom properties. */
export const asProperties = (tokens: Tokens) =>
  Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--${name}`, value]));
