import type { Run } from "@/lib/tracking/schemas";

const NEWS_MS = 86_400_000;

/** Whether a page that is about something else should say how a run stands: under way, or ended early and lately. */
export const isRunNews = ({ finishedAt, state }: Pick<Run, "finishedAt" | "state">, now: Date): boolean =>
  finishedAt === null || (state !== "done" && now.getTime() - Date.parse(finishedAt) < NEWS_MS);
