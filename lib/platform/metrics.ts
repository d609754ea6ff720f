import "server-only";

type Labels = Readonly<Record<string, string>>;
/** One name of the Prometheus text format with its values. */
export type Family = {
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram";
  samples: { suffix?: string; labels: Labels; value: number }[];
};

// On `globalThis`, because the server's bundle and Next's chunks each hold their own copy of this module.
const holder = globalThis as typeof globalThis & { __nichebookMetrics?: Map<string, Counted> };
type Counted = Omit<Family, "samples"> & { series: Map<string, Series>; bounds: readonly number[] };
/** How many values in all, their sum, and how many up to each bound. */
type Series = { labels: Labels; count: number; sum: number; upTo: number[] };

function seriesOf(family: Omit<Counted, "series">, labels: Labels): Series {
  holder.__nichebookMetrics ??= new Map();
  const found = holder.__nichebookMetrics.get(family.name) ?? { ...family, series: new Map() };
  holder.__nichebookMetrics.set(family.name, found);
  const key = JSON.stringify(labels);
  const series = found.series.get(key) ?? { labels, count: 0, sum: 0, upTo: family.bounds.map(() => 0) };
  found.series.set(key, series);
  return series;
}

/** Counts what happens in this process. Labels are few and never of a person or team. */
export function counter(name: string, help: string): (labels: Labels) => void {
  return (labels) => {
    seriesOf({ name, help, type: "counter", bounds: [] }, labels).count += 1;
  };
}

/** Sorts what is measured in this process by upper bounds, smallest first. */
export function histogram(
  name: string,
  help: string,
  bounds: readonly number[],
): (labels: Labels, value: number) => void {
  return (labels, value) => {
    const series = seriesOf({ name, help, type: "histogram", bounds }, labels);
    series.count += 1;
    series.sum += value;
    bounds.forEach((bound, index) => {
      if (value <= bound) series.upTo[index] = (series.upTo[index] ?? 0) + 1;
    });
  };
}

/** What this process has counted since it started. */
export function processFamilies(): Family[] {
  return [...(holder.__nichebookMetrics?.values() ?? [])].map(({ name, help, type, bounds, series }) => ({
    name,
    help,
    type,
    samples: [...series.values()].flatMap(({ labels, count, sum, upTo }) =>
      type === "counter"
        ? [{ labels, value: count }]
        : [
            ...bounds.map((le, index) => ({
              suffix: "_bucket",
              labels: { ...labels, le: String(le) },
              value: upTo[index] ?? 0,
            })),
            { suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: count },
            { suffix: "_sum", labels, value: sum },
            { suffix: "_count", labels, value: count },
          ],
    ),
  }));
}

/** The Prometheus text format, version 0.0.4. */
export function toPrometheus(families: Family[]): string {
  return families
    .map(({ name, help, type, samples }) => {
      const head = [
        `# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`,
        `# TYPE ${name} ${type}`,
      ];
      const lines = samples.map(({ suffix = "", labels, value }) => `${name}${suffix}${inBraces(labels)} ${value}`);
      return [...head, ...lines, ""].join("\n");
    })
    .join("");
}

function inBraces(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

const escaped = (value: string) => value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
