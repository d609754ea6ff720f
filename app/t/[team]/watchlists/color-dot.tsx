const LOOKS: Record<string, string> = {
  red: "bg-[#d4605a]",
  orange: "bg-[#d98c3f]",
  green: "bg-[#4a9a6d]",
  blue: "bg-[#4c84c4]",
  purple: "bg-[#8f6bbd]",
};

/** The colour that somebody gave a list or an item; nothing in words, for it means what they want. */
export function ColorDot({ color }: { color: string }) {
  const look = LOOKS[color];
  return look ? <span aria-hidden="true" className={`inline-block size-2.5 shrink-0 rounded-full ${look}`} /> : null;
}
