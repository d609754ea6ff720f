import { verifyLedger } from "@/lib/credits/verify-ledger";
import { namedUuid } from "@/lib/platform/crypto";
import type { Told } from "./buyer";
import { type Facts, inexact, type Request, readFacts } from "./facts";
import { type Given, inParallel, nameOf, type Story } from "./run";
import { inputOf } from "./shapes";
import type { Site } from "./site";

/**
 * Brings every story to its end (a retry of the same ask, then another ask of the same question) and says what is
 * wrong with it: one line for each finding, none when the ledger is exact.
 */
export async function judge(site: Site, stories: Story[], census: Story[], given: Given): Promise<string[]> {
  const findings: string[] = [];
  const struck = await readFacts(site, stories);
  for (const { cell } of stories) site.upstream.open(cell);

  const ask = (story: Story, idempotencyKey: string | null, maxAgeMinutes: number) =>
    given.helper.ask({
      kind: "ask",
      cell: story.cell,
      team: story.team,
      input: { ...inputOf(story), maxAgeMinutes },
      idempotencyKey,
      stops: [],
    });
  const again = await inParallel(stories, (story) => ask(story, story.idempotencyKey, story.shape.maxAgeMinutes), 24);
  const retried = await readFacts(site, stories);
  const anew = await inParallel(stories, (story) => ask(story, null, 10_000), 24);
  const asked = await readFacts(site, stories);

  stories.forEach((story, index) => {
    const [first, second, third] = [struck, retried, asked].map((facts) => facts.get(story.cell)) as [
      Facts,
      Facts,
      Facts,
    ];
    const say = (line: string) => findings.push(`${nameOf(story)}: ${line}`);
    if (story.place && !story.struck) say("never came to its place");
    for (const facts of [first, second, third]) for (const line of inexact(facts)) say(line);

    const id = namedUuid(story.team.team.id, story.team.member.id, "", story.idempotencyKey ?? "");
    const own = first.requests.find((request) => request.id === id);
    for (const line of untrue(story.told, own)) say(line);
    const undisturbed = census.find(({ shape }) => shape === story.shape);
    if (story.told && story.fault && beforeReading(story) && !alike(story, undisturbed)) {
      say(`its caller was told ${brief(story.told)} instead of ${brief(undisturbed?.told)}`);
    }
    if (first.served.includes(id) && second.calls.length !== first.calls.length) say("the same ask again was bought");
    const retry = again[index]?.told;
    if (own?.state === "charged" && own.stored && !(retry && "source" in retry)) say("was paid for, and is not shown");
    const fresh = anew[index]?.told;
    const isStored = second.requests.some((request) => request.stored);
    const calls = third.calls.length - second.calls.length;
    if (isStored ? calls !== 0 || brief(fresh) !== "stored" : calls !== 1 || brief(fresh) !== "bought") {
      say(`the question asked anew led to ${calls} calls and ${brief(fresh)}`);
    }
  });

  const check = await verifyLedger();
  const bySlug = new Map(stories.map((story) => [story.team.team.slug, story]));
  for (const { team, subject, problem } of check.problems) {
    const story = bySlug.get(team);
    findings.push(`${story ? nameOf(story) : team}: ${subject} ${problem}`);
  }
  return findings;
}

const brief = (told: Told | null | undefined) =>
  told
    ? "source" in told
      ? told.source
      : `${told.error} ${told.outcome ?? ""} ${told.message ?? ""}`.trim()
    : "nothing";

/**
 * A joined answer may have been stored by the time; what only reads after its claim may fail in reading, which, unlike
 * a ledger step, is not tried again for long; and once the last step is behind it, a purchase that cannot be read just
 * now says what it cost.
 */
function alike(story: Story, undisturbed: Story | undefined): boolean {
  const { told, shape } = story;
  const usual = brief(undisturbed?.told);
  if (usual === "bought" && brief(told) === "unavailable charged")
    return afterLastStep(story, undisturbed?.trail ?? []);
  const onlyReads = shape.before !== null || shape.shared || shape.lease === "after_claim";
  if (onlyReads && told && "error" in told && told.error === "raw") return true;
  return brief(told) === usual || (shape.shared && brief(told) === "stored");
}

/** Struck when the undisturbed way sends no further statement to the ledger. */
function afterLastStep({ place }: Story, trail: string[]): boolean {
  const lastSent = trail.findLastIndex((hit) => /^lib\/credits\/ledger\.ts.* before /.test(hit));
  return place !== null && "hit" in place && lastSent !== -1 && trail.indexOf(place.hit) > lastSent;
}

/** Up to its last ledger step a purchase bears what strikes the database: its caller notices nothing. */
const beforeReading = ({ place }: Story) =>
  place !== null && ("stage" in place || /^lib\/credits\/ledger\.ts/.test(place.hit));

/** What a caller was told about money, against the ledger. */
function untrue(told: Told | null, own: Request | undefined): string[] {
  if (!told) return [];
  if ("source" in told) {
    return told.creditsSpent > 0 && own?.state !== "charged"
      ? [`told it spent ${told.creditsSpent}, is ${own?.state}`]
      : [];
  }
  const states = {
    charged: ["charged"],
    not_charged: ["not_charged", "released"],
    unsettled: ["unsettled", "charged"],
  };
  const fitting = states[told.outcome as keyof typeof states];
  return !fitting || !own || fitting.includes(own.state) ? [] : [`told ${told.outcome}, is ${own.state}`];
}
