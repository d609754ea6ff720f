import "server-only";
import type { CsvColumn } from "@/lib/platform/csv";
import type { Limits } from "./limit-schemas";
import type { Savings, SavingsLine } from "./savings-schemas";
import type { Reconciliation } from "./schemas";

type SavingsRow = { section: string; key: string; name: string } & Partial<
  Pick<SavingsLine, "spent" | "repeated" | "unopened" | "unchanged">
> & { otherwise?: string; otherwiseCredits?: number };

/** What was spent for nothing, and after each line what it would have cost otherwise. */
export function savingsRows(savings: Savings): SavingsRow[] {
  const { period, spent, repeated, unopened, unchanged, byMember, bySearch, bySchedule, freshness } = savings;
  const total = { section: "total", key: `${period.from}/${period.to}`, name: "" };
  const instead = (of: SavingsRow, otherwise: string, otherwiseCredits: number | null): SavingsRow[] =>
    otherwiseCredits === null ? [] : [{ section: of.section, key: of.key, name: of.name, otherwise, otherwiseCredits }];
  const lineOf = (section: string, line: SavingsLine): SavingsRow => ({
    section,
    key: line.key,
    name: line.name,
    spent: line.spent,
    repeated: line.repeated,
    unopened: line.unopened,
    unchanged: line.unchanged,
  });
  return [
    { ...total, spent, repeated, unopened, unchanged },
    ...freshness.longer.flatMap(({ minutes, credits }) => instead(total, `fresh_for_${minutes}_minutes`, credits)),
    ...byMember.flatMap((one) => {
      const line = lineOf("member", one);
      return [line, ...instead(line, "without_repeats", one.withoutRepeats)];
    }),
    ...bySearch.flatMap((one) => {
      const line = lineOf(one.kind ?? "search", one);
      const rarer = one.rarer.flatMap(({ days, credits }) => instead(line, `every_${days}_days`, credits));
      return [line, ...rarer, ...instead(line, "stopped", one.stopped)];
    }),
    ...bySchedule.flatMap((one) => {
      const line = lineOf("schedule", one);
      const rarer = one.rarer.flatMap(({ cadence, credits }) => instead(line, cadence, credits));
      return [line, ...rarer, ...instead(line, "stopped", one.stopped)];
    }),
  ];
}

export const SAVINGS_COLUMNS: readonly CsvColumn<SavingsRow>[] = [
  { key: "section", value: ({ section }) => section },
  { key: "group", value: ({ key }) => key },
  { key: "name", value: ({ name }) => name },
  { key: "spent", value: ({ spent }) => spent ?? null },
  { key: "repeated", value: ({ repeated }) => repeated ?? null },
  { key: "unopened", value: ({ unopened }) => unopened ?? null },
  { key: "unchanged", value: ({ unchanged }) => unchanged ?? null },
  { key: "otherwise", value: ({ otherwise }) => otherwise ?? null },
  { key: "otherwise_credits", value: ({ otherwiseCredits }) => otherwiseCredits ?? null },
];

/** Stated balances and top-ups, with what was expected and by how much that was off. */
export const balanceColumns = (
  upstream: Reconciliation["upstream"],
): readonly CsvColumn<Reconciliation["entries"][number]>[] => [
  { key: "entry_id", value: ({ id }) => id },
  { key: "happened_at", value: ({ at }) => at },
  { key: "kind", value: ({ kind }) => kind },
  { key: "credits", value: ({ credits }) => credits },
  { key: "expected_low", value: ({ finding }) => finding?.expected.low ?? null },
  { key: "expected_high", value: ({ finding }) => finding?.expected.high ?? null },
  { key: "drift", value: ({ finding }) => (finding ? 0 - finding.drift : null) },
  { key: "open_credits", value: ({ finding }) => finding?.open.credits ?? null },
  { key: "outside_at_least", value: ({ finding }) => finding?.outsideAtLeast ?? null },
  { key: "outside_at_most", value: ({ finding }) => finding?.outsideAtMost ?? null },
  { key: "upstream", value: () => upstream },
  { key: "key_last_four", value: ({ key }) => key.lastFour },
  { key: "member", value: ({ by }) => by.name },
  { key: "note", value: ({ note }) => note },
];

type LimitRow = { section: string; key?: string; name?: string; member?: string; limit: number | null } & Partial<
  Pick<Limits["members"][number], "effective" | "granted" | "spent" | "held">
>;

/** The limits a month, and what is used of them in the running period. */
export const limitRows = ({ team, memberDefault, schedules, used, members, tokens }: Limits): LimitRow[] => [
  { section: "team", limit: team, effective: team, ...used.team },
  { section: "schedules", limit: schedules, effective: schedules, ...used.schedules },
  { section: "member_default", limit: memberDefault },
  ...members.map(({ id, ...member }) => ({ section: "member", key: id, ...member })),
  ...tokens.map(({ id, memberName, ...token }) => ({ section: "token", key: id, member: memberName, ...token })),
];

export const limitColumns = ({ period }: Pick<Limits, "period">): readonly CsvColumn<LimitRow>[] => [
  { key: "period_from", value: () => period.from },
  { key: "period_to", value: () => period.to },
  { key: "section", value: ({ section }) => section },
  { key: "group", value: ({ key }) => key ?? null },
  { key: "name", value: ({ name }) => name ?? null },
  { key: "member", value: ({ member }) => member ?? null },
  { key: "limit", value: ({ limit }) => limit },
  { key: "granted", value: ({ granted }) => granted ?? null },
  { key: "limit_now", value: ({ effective }) => effective ?? null },
  { key: "spent", value: ({ spent }) => spent ?? null },
  { key: "held", value: ({ held }) => held ?? null },
];
