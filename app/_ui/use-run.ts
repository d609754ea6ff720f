"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { Run } from "@/lib/tracking/schemas";
import { callApi } from "./call-api";
import type { Problem } from "./problem";

const EVERY_MS = 1000;
/** Nobody looks: rarely enough not to matter, often enough to be there when they come back. */
const HIDDEN_EVERY_MS = 15_000;
const SLOWEST_MS = 30_000;
const GONE = new Set(["not_found", "unauthenticated"]);

export const isUnderWay = (run: Pick<Run, "state">) => run.state === "queued" || run.state === "running";

/**
 * A run as it stands: begins with what the server read, asks again each second while the run is under way, and reads
 * the page anew once it has ended. Only looks; nothing is lost when the page goes.
 */
export function useRun(slug: string, fromServer: Run) {
  const router = useRouter();
  const [seen, setSeen] = useState(fromServer);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [stopping, setStopping] = useState(false);
  // A page that was read anew may know of another run, or of this one's end.
  const run = seen.id !== fromServer.id || !isUnderWay(fromServer) ? fromServer : seen;
  const { id } = run;
  const underWay = isUnderWay(run);
  const query = `?team=${encodeURIComponent(slug)}`;

  useEffect(() => {
    if (!underWay) return;
    let timer: ReturnType<typeof setTimeout>;
    let left = false;
    let looking = false;
    let failures = 0;
    const wait = () => {
      const base = document.hidden ? HIDDEN_EVERY_MS : EVERY_MS;
      timer = setTimeout(look, Math.min(SLOWEST_MS, base * 2 ** failures));
    };
    async function look() {
      looking = true;
      const result = await callApi<Run>(`/api/v1/runs/${id}${query}`, { method: "GET" });
      looking = false;
      if (left) return;
      failures = result.ok ? 0 : failures + 1;
      if (result.ok) setSeen(result.data);
      // Somebody who was signed out or removed need not ask for ever.
      const isOver = result.ok ? !isUnderWay(result.data) : GONE.has(result.problem.code);
      if (isOver) router.refresh();
      else wait();
    }
    const lookNow = () => {
      if (document.hidden || looking) return;
      clearTimeout(timer);
      void look();
    };
    wait();
    document.addEventListener("visibilitychange", lookNow);
    return () => {
      left = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", lookNow);
    };
  }, [id, query, underWay, router]);

  async function stop() {
    setStopping(true);
    const result = await callApi<Run>(`/api/v1/runs/${id}/stop${query}`, { method: "POST" });
    setStopping(false);
    setProblem(result.ok ? null : result.problem);
    if (!result.ok) return;
    setSeen(result.data);
    if (!isUnderWay(result.data)) router.refresh();
  }

  return { run, underWay, stop, stopping: stopping || run.stopping, problem };
}
