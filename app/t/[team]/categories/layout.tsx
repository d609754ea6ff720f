import { wordsLayout } from "@/app/_ui/words-layout";

export default wordsLayout("chart", "notes", "ownNumbers", "pages");
