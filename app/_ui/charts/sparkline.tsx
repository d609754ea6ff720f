import { prepareSparkline, type SparkPoint } from "@/lib/charts/prepare-sparkline";

/** In half pixels, so that whole numbers say where a point lies. */
const WIDTH = 112;
const HEIGHT = 36;

type Props = { points: SparkPoint[]; maxGap: number };

/**
 * A figure's recent course, for the eye only: the numbers beside it say what it says. A dot is a line without length
 * under a round pen.
 */
export function Sparkline({ points, maxGap }: Props) {
  const model = prepareSparkline(points, { width: WIDTH, height: HEIGHT, maxGap });
  if (!model) return <span aria-hidden="true" className="spark" />;
  const { lines, dots, last } = model;
  // Numbers only, as one text: a table holds hundreds of these, and elements are what takes long.
  const drawn = [
    lines.length > 0 ? `<path d="${lines.join("")}"/>` : "",
    dots.length > 0 ? `<path d="${dots.map(dot).join("")}" class="dots"/>` : "",
    `<path d="${dot(last)}" class="last"/>`,
  ].join("");
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      className="spark"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made of numbers, here
      dangerouslySetInnerHTML={{ __html: drawn }}
    />
  );
}

const dot = ({ x, y }: { x: number; y: number }) => `M${x} ${y}h.1`;
