import { expect, test } from "vitest";
import { isRunNews } from "./run-news";

test("a run is told of while it is under way, and for a day when it ended early; what went well shows by itself", () => {
  const now = new Date("2026-11-27T12:00:00Z");
  const ended = (state: "done" | "failed" | "stopped", finishedAt: string) => isRunNews({ state, finishedAt }, now);
  expect(isRunNews({ state: "running", finishedAt: null }, now)).toBe(true);
  expect(ended("failed", "2026-11-26T12:00:01Z")).toBe(true);
  expect(ended("stopped", "2026-11-26T12:00:00Z")).toBe(false);
  expect(ended("done", "2026-11-27T11:59:59Z")).toBe(false);
});
