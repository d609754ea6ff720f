import { groupBy } from "./group-by";
import type { Site } from "./site";
import type { Call } from "./upstream";

export type Request = {
  id: string;
  q: string;
  state: string;
  price: number;
  upstreamId: string | null;
  stored: boolean;
  events: { kind: string; at: string }[];
};

/** What the ledger and the upstream's log say of one team. */
export type Facts = { requests: Request[]; served: string[]; calls: Call[] };

/** Two clocks with different digits tell of the same moment. */
const SAME_MOMENT_MS = 1.5;

/** What contradicts "each credit has a name" between a ledger and the upstream's log. */
export function inexact({ requests, calls }: Pick<Facts, "requests" | "calls">): string[] {
  const lines: string[] = [];
  const sum = (state: string) => requests.filter((one) => one.state === state).reduce((all, one) => all + one.price, 0);
  const cost = calls.reduce((all, call) => all + call.cost, 0);
  const [charged, unsettled] = [sum("charged"), sum("unsettled")];
  if (charged > cost || cost > charged + unsettled) {
    lines.push(`${charged} charged and ${unsettled} unsettled, but the upstream took ${cost}`);
  }
  const callsOf = (request: Request) =>
    calls.filter((call) =>
      request.events.some(
        ({ kind, at }) =>
          kind === "sending" &&
          request.q === call.keyword &&
          Math.abs(new Date(at).getTime() - new Date(call.sentAt).getTime()) <= SAME_MOMENT_MS,
      ),
    );
  for (const call of calls) {
    const request = requests.find((one) => callsOf(one).includes(call));
    if (!request) lines.push(`call ${call.id} is missing in the ledger`);
    else if (!["charged", "not_charged", "unsettled"].includes(request.state)) {
      lines.push(`call ${call.id} belongs to a request that is ${request.state}`);
    }
  }
  for (const request of requests) {
    if (["reserved", "sending"].includes(request.state)) lines.push(`request ${request.id} is left ${request.state}`);
    const mine = callsOf(request);
    const kinds = request.events.map(({ kind }) => kind);
    if (mine.length > kinds.filter((kind) => kind === "sending").length)
      lines.push(`request ${request.id} was sent more often than it says`);
    if (mine.filter(({ step }) => step !== "limited").length > 1) lines.push(`request ${request.id} was bought twice`);
    const ends = kinds.filter((kind) => ["charged", "not_charged", "unsettled", "released"].includes(kind));
    if (ends.length > 1) lines.push(`request ${request.id} ended twice: ${ends.join(" ")}`);
    if (request.state === "charged" && !mine.some(({ id }) => id === request.upstreamId)) {
      lines.push(`request ${request.id} is charged for a call that the upstream does not know`);
    }
  }
  return lines;
}

/** A cell's name, or the beginning of several. */
export const cellOf = (call: Call) => call.cell.split(".")[0] ?? "";

export async function readFacts(
  site: Site,
  owners: { cell: string; team: { team: { id: string } } }[],
): Promise<Map<string, Facts>> {
  const teams = owners.map(({ team }) => team.team.id);
  const requests = await site.query<Request & { team: string }>(
    `select r.team_id as team, r.id, r.q, r.state, r.price_credits as price, r.upstream_request_id as "upstreamId",
       exists (select from snapshot s where s.team_id = r.team_id and s.request_id = r.id) as stored,
       (select json_agg(json_build_object('kind', e.kind, 'at', e.at) order by e.seq) from credit_event e
        where e.team_id = r.team_id and e.request_id = r.id) as events
     from credit_request r where r.team_id = any($1::uuid[])`,
    [teams],
  );
  const served = await site.query<{ team: string; id: string }>(
    "select team_id as team, id from served_answer where team_id = any($1::uuid[])",
    [teams],
  );
  const requestsOf = groupBy(requests, ({ team }) => team);
  const servedOf = groupBy(served, ({ team }) => team);
  const callsOf = groupBy(site.calls(), cellOf);
  return new Map(
    owners.map(({ cell, team }) => [
      cell,
      {
        requests: requestsOf.get(team.team.id) ?? [],
        served: (servedOf.get(team.team.id) ?? []).map(({ id }) => id),
        calls: callsOf.get(cell) ?? [],
      },
    ]),
  );
}
