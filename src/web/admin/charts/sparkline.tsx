import { LINE_BOX, areaPath, linePath, pointsAcross } from './line-path.ts';

interface SparklineProps {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  /** Oldest first. */
  readonly values: readonly number[];
}

/** How a number has been, without a scale: beside the number itself. */
export const Sparkline = ({ id, title, says, values }: SparklineProps) => {
  const points = pointsAcross(values, Math.max(0, ...values));
  return (
    <svg
      class="sparkline"
      viewBox={`0 -4 ${LINE_BOX.width} ${LINE_BOX.height + 8}`}
      preserveAspectRatio="none"
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-says`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-says`}>{says}</desc>
      <path class="spark-area" d={areaPath(points)} />
      <path class="spark-line" d={linePath(points)} vector-effect="non-scaling-stroke" />
    </svg>
  );
};
