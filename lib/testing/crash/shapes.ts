import type { TeamContext } from "@/lib/auth/context";
import type { Snare } from "./proxy";
import type { Wire } from "./site";

/** What an ask meets on its way when nothing dies: together they lead through every point of the buyer. */
export type Shape = {
  name: string;
  wire: Wire;
  /** What differs from the plain way: all of it, only what the upstream answers, or only a wait. */
  adds: "way" | "answer" | "pauses";
  /** The upstream's steps for this question, see `upstream.ts`. */
  script: string;
  window: string;
  maxAgeMinutes: number;
  /** Asked and answered before: the same question, or this very ask. */
  before: "question" | "ask" | null;
  /** An equal question is under way, and its answer is held back. */
  shared: boolean;
  /** The lease runs out, and the sweeper comes by: right after the claim, or while the upstream thinks. */
  lease: "after_claim" | "in_call" | null;
  /** A ledger statement whose answer is lost once. */
  lost: Pick<Snare, "statement" | "stage"> | null;
  /** The next slot of the key's queue is a moment away, once the request is reserved. */
  paced: boolean;
  /** For a schedule that the team's share pays for: no member's counter is touched. */
  byShare: boolean;
};

const PLAIN: Shape = {
  name: "plain",
  wire: "answering",
  adds: "way",
  script: "full",
  window: "7",
  maxAgeMinutes: 0,
  before: null,
  shared: false,
  lease: null,
  lost: null,
  paced: false,
  byShare: false,
};
const shape = (name: string, over: Partial<Shape>): Shape => ({ ...PLAIN, name, ...over });

export const SHAPES: readonly Shape[] = [
  PLAIN,
  // Upstream faults.
  shape("cut after the request", { adds: "answer", script: "after" }),
  shape("cut in mid-body", { adds: "answer", script: "mid" }),
  shape("cut before bytes", { adds: "answer", wire: "dropping" }),
  shape("answer after the lease", { adds: "answer", script: "gate", lease: "in_call" }),
  shape("no answer in time", { adds: "answer", script: "mute", wire: "impatient" }),
  shape("refused", { adds: "answer", wire: "refusing" }),
  shape("429 once", { adds: "answer", script: "limited" }),
  shape("429 twice", { adds: "answer", script: "limited.limited" }),
  shape("500", { adds: "answer", script: "broken" }),
  // The other ways through the buyer.
  shape("closed month", { adds: "pauses", window: "2026-10" }),
  shape("stored", { before: "question", maxAgeMinutes: 10_000 }),
  shape("asked again", { before: "ask" }),
  shape("paid by the share", { adds: "pauses", byShare: true }),
  shape("shared", { shared: true, maxAgeMinutes: 10_000, script: "gate" }),
  shape("lease lost before sending", { lease: "after_claim" }),
  shape("answer of the ledger lost", { adds: "pauses", lost: { statement: "credits_claim", stage: "answered" } }),
  shape("waits for its slot", { adds: "pauses", paced: true }),
];

/** One ask in a team of its own, so that each is judged alone. */
export type Ask = {
  cell: string;
  shape: Shape;
  team: TeamContext;
  /** Of the ask itself; null where it brings none, and a retry is another ask. */
  idempotencyKey: string | null;
};

export const inputOf = ({ shape: { window, maxAgeMinutes, script }, cell }: Ask) => ({
  region: "US",
  window,
  q: `${script} ${cell}`,
  maxAgeMinutes,
});
