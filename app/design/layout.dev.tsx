import { wordsLayout } from "@/app/_ui/words-layout";

export default wordsLayout(
  "action",
  "alerts",
  "ask",
  "chart",
  "confirm",
  "cost",
  "pages",
  "pick",
  "problem",
  "run",
  "spend",
  "star",
  "toast",
  "tokens",
);
