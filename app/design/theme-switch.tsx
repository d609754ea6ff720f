"use client";

const THEMES = ["light", "dark"] as const;

/** Both themes, whatever the system wears; and which colour means up. */
export function ThemeSwitch() {
  const root = () => document.documentElement.dataset;
  return (
    <div className="flex flex-wrap gap-0.5">
      {THEMES.map((theme) => (
        <button
          key={theme}
          type="button"
          className="tab"
          onClick={() => {
            root().theme = theme;
          }}
        >
          {theme}
        </button>
      ))}
      <button
        type="button"
        className="tab"
        onClick={() => {
          root().up = root().up === "red" ? "green" : "red";
        }}
      >
        up: red / green
      </button>
    </div>
  );
}
