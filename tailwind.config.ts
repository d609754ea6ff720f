import type { Config } from "tailwindcss";
import plugin from "tailwindcss/plugin";
import { asProperties, dark, light } from "./app/_ui/tokens";

const COLOURS = Object.keys(light).filter((name) => name !== "shadow" && name !== "edge");

export default {
  content: ["./app/**/*.{ts,tsx}"],
  theme: {
    extend: {
      colors: {
        ...Object.fromEntries(COLOURS.map((name) => [name, `var(--${name})`])),
        up: "var(--up)",
        down: "var(--down)",
      },
      fontFamily: {
        sans: [
          "var(--font-inter)",
          '"PingFang SC"',
          '"Hiragino Sans GB"',
          '"Microsoft YaHei"',
          '"Noto Sans CJK SC"',
          '"Noto Sans SC"',
          "system-ui",
          "sans-serif",
        ],
      },
      boxShadow: { float: "var(--shadow)" },
    },
  },
  plugins: [
    plugin(({ addBase }) => {
      addBase({
        ":root": { colorScheme: "light", ...asProperties(light) },
        "@media (prefers-color-scheme: dark)": {
          ':root:not([data-theme="light"])': { colorScheme: "dark", ...asProperties(dark) },
        },
        ':root[data-theme="dark"]': { colorScheme: "dark", ...asProperties(dark) },
        // Paper is light, whatever the screen is.
        "@media print": { ":root:root:root": { colorScheme: "light", ...asProperties(light) } },
      });
    }),
  ],
} satisfies Config;
