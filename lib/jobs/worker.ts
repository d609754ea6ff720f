import "server-only";
import type { ResetAsked } from "@/lib/accounts/ask-reset";
import { mailReset } from "@/lib/accounts/mail-reset";
import { evaluateAges } from "@/lib/alerts/evaluate-ages";
import { evaluateAnswers } from "@/lib/alerts/evaluate-answers";
import { mailAlerts } from "@/lib/alerts/mail-alerts";
import { applyUnsettledRules } from "@/lib/credits/apply-unsettled-rules";
import { remindOfUnsettled } from "@/lib/credits/remind-of-unsettled";
import { sweepOrphans } from "@/lib/credits/sweep-orphans";
import { forgetRawAnswers } from "@/lib/insights/forget-raw-answers";
import { deliverMail } from "@/lib/mail/deliver-mail";
import { recoverMails } from "@/lib/mail/recover-mails";
import { log } from "@/lib/platform/log";
import { workOn } from "@/lib/platform/queue";
import { sendReviews } from "@/lib/reviews/send-reviews";
import { closeSlotOf, recoverSlots } from "@/lib/schedules/close-slots";
import { moveSlots, openSlots } from "@/lib/schedules/open-slots";
import { renewSlot } from "@/lib/schedules/renew-slot";
import type { SlotJob } from "@/lib/schedules/slot-job";
import { purgeTeams } from "@/lib/teams/purge-teams";
import { executeRun } from "@/lib/tracking/execute-run";
import { recoverRuns } from "@/lib/tracking/recover-runs";
import { remindOfNotes } from "@/lib/tracking/remind-of-notes";
import { collectItems } from "@/lib/webhooks/collect-items";
import { deliverWebhook } from "@/lib/webhooks/deliver-webhook";
import { recoverDeliveries, tidyDeliveries } from "@/lib/webhooks/recover-deliveries";

/** Work that runs by itself: at the start, and again `everyMs` after it ended. Several processes may run it at once. */
type PeriodicJob = { name: string; everyMs: number; run: () => Promise<void> };

const DAY_MS = 86_400_000;
/** Runs that one process works off at the same time; each asks one question after the other. */
const RUNS_AT_ONCE = 4;
/** Renewals that one process plans at the same time; their runs are worked off as others are. */
const SLOTS_AT_ONCE = 2;
const MAILS_AT_ONCE = 4;
/** One waits for up to ten seconds for its receiver, and holds up no other webhook but its own. */
const WEBHOOKS_AT_ONCE = 8;
/** After a failure a rare job comes again sooner than at its next turn. */
const AGAIN_MS = 60_000;

const JOBS: readonly PeriodicJob[] = [
  {
    name: "sweeper",
    everyMs: 5_000,
    async run() {
      const ended = await sweepOrphans();
      if (ended.released + ended.unsettled > 0) log().warn(ended, "requests ended without their buyer");
    },
  },
  {
    name: "alerts",
    everyMs: 2_000,
    async run() {
      await evaluateAnswers();
    },
  },
  {
    name: "mails about alerts",
    everyMs: 5_000,
    async run() {
      await mailAlerts();
    },
  },
  {
    name: "weekly reviews",
    everyMs: 60_000,
    async run() {
      await sendReviews();
    },
  },
  {
    name: "alerts of old data",
    everyMs: 600_000,
    async run() {
      await evaluateAges();
    },
  },
  {
    name: "unsettled rules",
    everyMs: 30_000,
    async run() {
      const settled = await applyUnsettledRules();
      if (settled.charged + settled.not_charged > 0) log().warn(settled, "unsettled requests settled by a team's rule");
    },
  },
  {
    name: "runs",
    everyMs: 5_000,
    async run() {
      await recoverRuns();
    },
  },
  {
    name: "schedules",
    everyMs: 5_000,
    async run() {
      await moveSlots();
      while ((await openSlots()) > 0);
      await recoverSlots();
    },
  },
  { name: "mails", everyMs: 10_000, run: recoverMails },
  {
    name: "webhooks",
    everyMs: 2_000,
    async run() {
      await collectItems();
    },
  },
  { name: "messages to webhooks", everyMs: 2_000, run: recoverDeliveries },
  { name: "log of webhooks", everyMs: DAY_MS, run: tidyDeliveries },
  {
    name: "reminder of unsettled requests",
    everyMs: 600_000,
    async run() {
      await remindOfUnsettled();
    },
  },
  {
    name: "purge of teams",
    everyMs: 600_000,
    async run() {
      const teams = await purgeTeams();
      if (teams.length > 0) log().warn({ teams }, "teams purged, seven days after their owners asked for it");
    },
  },
  {
    name: "days to look again",
    everyMs: 600_000,
    async run() {
      await remindOfNotes();
    },
  },
  {
    name: "raw retention",
    everyMs: DAY_MS,
    async run() {
      const forgotten = await forgetRawAnswers();
      if (forgotten.answers > 0) log().info(forgotten, "raw answers forgotten by their teams' settings");
    },
  },
];

/** Starts the background work of one process. `stop` resolves when nothing is under way any more. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const runs = await workOn<{ teamId: string; runId: string }>("run", { atOnce: RUNS_AT_ONCE }, async (job, signal) => {
    await executeRun(job.teamId, job.runId, signal);
    await closeSlotOf(job.teamId, job.runId);
  });
  const slots = await workOn<SlotJob>("schedule", { atOnce: SLOTS_AT_ONCE }, renewSlot);
  const mails = await workOn<{ id: string }>("mail", { atOnce: MAILS_AT_ONCE }, (job) => deliverMail(job.id));
  const resets = await workOn<ResetAsked>("forgot_password", { atOnce: MAILS_AT_ONCE }, mailReset);
  const webhooks = await workOn<{ teamId: string; id: string }>("webhook", { atOnce: WEBHOOKS_AT_ONCE }, (job) =>
    deliverWebhook(job.teamId, job.id),
  );
  const started = [runs, slots, mails, resets, webhooks, ...JOBS.map(startJob)];
  return {
    async stop() {
      await Promise.all(started.map(({ stop }) => stop()));
    },
  };
}

function startJob({ name, everyMs, run }: PeriodicJob): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const turn = async () => {
    let pauseMs = everyMs;
    try {
      await run();
    } catch (error) {
      log().warn({ err: error, job: name }, "a job could not do its work; it tries again");
      pauseMs = Math.min(everyMs, AGAIN_MS);
    }
    if (!stopped) timer = setTimeout(start, pauseMs);
  };
  const start = () => {
    running = turn();
  };
  start();

  return {
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
