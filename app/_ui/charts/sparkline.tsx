import { prepareSparkline, type SparkPoint } from "@/lib/charts/prepare-sparkline";

const WIDTH = 56;
const HEIGHT = 18;

type Props = { points: SparkPoint[]; maxGap: number };

/** A figure's recent course, for the eye only: the numbers beside it say what it says. */
export function Sparkline({ points, maxGap }: Props) {
  const model = prepareSparkline(points, { width: WIDTH, height: HEIGHT, maxGap });
  if (!model) return <span aria-hidden="true" className="inline-block h-[1.125rem] w-14" />;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" className="inline-block h-[1.125rem] w-14 text-text-3">
      {model.lines.length > 0 && (
        <path
          d={model.lines.join("")}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.25"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      )}
      {model.dots.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r="1.25" fill="currentColor" />
      ))}
      <circle cx={model.last.x} cy={model.last.y} r="1.5" className="text-accent" fill="currentColor" />
    </svg>
  );
}
