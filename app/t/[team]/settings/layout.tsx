import { wordsLayout } from "@/app/_ui/words-layout";

export default wordsLayout(
  "action",
  "alerts",
  "creditSettings",
  "deleteTeam",
  "general",
  "imports",
  "invite",
  "keys",
  "limits",
  "members",
  "names",
  "rawRetention",
  "size",
  "tokens",
  "webhooks",
);
