import "server-only";
import { appNow } from "@/lib/platform/clock";

/** The application's now, for ages on screen. */
export const readNow = (): Promise<Date> => appNow();
