import { Arrow } from "@/app/_ui/change";
import { type Changed, type ChangeText, useChangeText } from "./change-text";

const TONE = { up: "text-up", down: "text-down", flat: "text-text-3" };

/** Direction by arrow and colour, judgement in a word of its own. */
export const ShownChange = (props: Changed) => <ChangeWords {...useChangeText()(props)} />;

/** The same of what is in words already. */
export function ChangeWords({ tone, text, after }: ChangeText) {
  return (
    <>
      {tone === null ? (
        text
      ) : (
        <span className={`inline-flex items-baseline gap-1 ${TONE[tone]}`}>
          {tone !== "flat" && <Arrow direction={tone} />}
          {text}
        </span>
      )}
      {after && ` ${after}`}
    </>
  );
}
