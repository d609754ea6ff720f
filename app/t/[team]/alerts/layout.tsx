import { wordsLayout } from "@/app/_ui/words-layout";

export default wordsLayout("alerts", "chart", "files", "pages", "providerChanges", "reviews");
