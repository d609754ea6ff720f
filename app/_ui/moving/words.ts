import { readyMessages } from "@/lib/platform/format/ready-messages";
import en from "@/messages/parts/moving.en.json";
import zh from "@/messages/parts/moving.zh-CN.json";

/** What the panels say: loaded with them, and not with every page. */
export const WORDS = { en: readyMessages(en), "zh-CN": readyMessages(zh) };
