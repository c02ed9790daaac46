import { escapeHtml } from '../domain/escape-html.ts';
import type { BenchReport } from './run-bench.ts';
import { SINKS, type SinkName } from './sinks/sink.ts';

const WIDTH = 800;
const LEFT = 232;
const RIGHT = 90;
const BAR = 20;
const STEP = 28;
const PANEL_HEAD = 34;
const HEAD = 64;
const FOOT = 56;
const PANEL_GAP = 20;

const BARS = [
  ['a', 'Nodemailer, sendMail'],
  ['b', 'Nodemailer, our bytes as raw'],
  ['naive', 'BullMQ job a reader, sendMail'],
  ['product', 'Partwork, the whole of it'],
  ['c', 'smtp-source, one fixed mail'],
] as const;

const PANELS: Readonly<Record<SinkName, string>> = {
  'smtp-sink': 'To Postfix’ smtp-sink, which looks at every byte',
  'node-sink': 'To a mail server that does next to nothing',
};

interface Bar {
  readonly name: string;
  readonly label: string;
  readonly ratio: number;
}

interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

/**
 * The rates of a bench as a picture (SVG, 800 wide, no script, follows the reader's colour scheme), each over (a) of the same round.
 * undefined when the throughput was not measured.
 */
export function drawChart(report: BenchReport): string | undefined {
  const panels = SINKS.map((sink) => panelOf(report, sink)).filter(({ bars }) => bars.length > 1);
  if (panels.length === 0) return undefined;
  const most = Math.max(...panels.flatMap(({ bars }) => bars.map(({ ratio }) => ratio)));
  const tops = panels.map((_, index) =>
    panels.slice(0, index).reduce((top, panel) => top + heightOf(panel) + PANEL_GAP, HEAD),
  );
  const bottom = Math.max(...panels.map((panel, index) => (tops[index] ?? 0) + heightOf(panel)));
  const height = bottom + FOOT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">Mails a second, as multiples of a loop over Nodemailer’s pool</title>`,
    `<desc id="d">${escapeHtml(panels.map(described).join(' '))}</desc>`,
    STYLE,
    `<rect class="paper" width="${WIDTH}" height="${height}" rx="8"/>`,
    text(24, 32, 'title', 'Mails a second'),
    text(24, 52, 'note', 'Multiples of what a loop over Nodemailer’s pool sends in the same round'),
    ...panels.flatMap((panel, index) => drawPanel(panel, tops[index] ?? 0, most)),
    ...footer(report).map((line, index) => text(24, bottom + 24 + index * 16, 'note', line)),
    '</svg>',
    '',
  ].join('\n');
}

function panelOf({ figures }: BenchReport, sink: SinkName): Panel {
  const ratioOf = (name: string): number[] => {
    if (name === 'a') return [1];
    const found = figures.find(({ key }) => key === `throughput/${sink}/${name} over a`);
    return found === undefined ? [] : [found.value];
  };
  const bars = BARS.flatMap(([name, label]) => ratioOf(name).map((ratio) => ({ name, label, ratio })));
  return { title: PANELS[sink], bars };
}

const heightOf = ({ bars }: Panel): number => PANEL_HEAD + bars.length * STEP;

function drawPanel({ title, bars }: Panel, top: number, most: number): string[] {
  return [
    text(24, top + 20, 'panel', title),
    ...bars.flatMap(({ name, label, ratio }, index) => {
      const y = top + PANEL_HEAD + index * STEP;
      const width = Math.max(2, (ratio / most) * (WIDTH - LEFT - RIGHT));
      const kind = name === 'product' ? 'ours' : 'theirs';
      return [
        text(LEFT - 12, y + 15, `label ${kind}-text`, label),
        `<rect class="${kind}" x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="3"/>`,
        text(LEFT + width + 8, y + 15, `value ${kind}-text`, shown(ratio)),
      ];
    }),
  ];
}

const shown = (ratio: number): string => `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)} ×`;

function footer({ machine, rounds, date }: BenchReport): string[] {
  const { cpu, cores, node, redis, postfix, partwork } = machine;
  const versions = [
    `Partwork ${partwork}`,
    `Node ${node}`,
    redis && `Redis ${redis}`,
    postfix && `Postfix ${postfix}`,
  ];
  return [
    `10 connections, one worker process, Redis with its log always on disk; medians of ${rounds} interleaved rounds.`,
    `${cpu}, ${cores} cores; ${versions.filter(Boolean).join(', ')}; ${date.slice(0, 10)}.`,
  ];
}

const described = ({ title, bars }: Panel): string =>
  `${title}: ${bars.map(({ label, ratio }) => `${label} ${shown(ratio)}`).join(', ')}.`;

const text = (x: number, y: number, kind: string, words: string): string =>
  `<text class="${kind}" x="${x.toFixed(1)}" y="${y}">${escapeHtml(words)}</text>`;

const STYLE = `<style>
  text { font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; fill: #1f2328; }
  .paper { fill: #ffffff; }
  .title { font-size: 18px; font-weight: 600; }
  .panel { font-weight: 600; }
  .note { font-size: 12px; fill: #59636e; }
  .label { text-anchor: end; }
  .value { font-variant-numeric: tabular-nums; }
  .ours { fill: #1a7f5a; }
  .theirs { fill: #b6bfc9; }
  .ours-text { font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .paper { fill: #0d1117; }
    .note { fill: #9198a1; }
    .ours { fill: #3fb98a; }
    .theirs { fill: #4b5560; }
  }
</style>`;
