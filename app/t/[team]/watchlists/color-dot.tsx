const LOOKS: Record<string, string> = {
  red: "bg-mark-red",
  orange: "bg-mark-orange",
  green: "bg-mark-green",
  blue: "bg-mark-blue",
  purple: "bg-mark-purple",
};

/** The colour that somebody gave a list or an item; nothing in words, for it means what they want. */
export function ColorDot({ color }: { color: string }) {
  const look = LOOKS[color];
  return look ? <span aria-hidden="true" className={`inline-block size-2.5 shrink-0 rounded-full ${look}`} /> : null;
}
