import { wordsLayout } from "@/app/_ui/words-layout";

export default wordsLayout("action", "plan", "schedules");
