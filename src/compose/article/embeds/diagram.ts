import type { Element, ElementContent } from 'hast';
import { classesOf, hasClass, isElement, textOf } from '../element.ts';
import { webVersionCard } from './embed-card.ts';
import type { EmbedContext } from './embed-context.ts';

/** Languages of code blocks that a blog draws instead of showing. */
const DRAWN = new Set(
  (
    'mermaid plantuml puml uml graphviz dot viz flow flowchart sequence seq chart chartjs echarts abc markmap mindmap ' +
    'vega vega-lite wavedrom nomnoml pikchr d2 tikz kroki blockdiag seqdiag nwdiag bpmn excalidraw geojson topojson'
  ).split(' '),
);

/** A block of code that the blog draws → a link to the drawing on the web; undefined for any other code. */
export function diagram(node: Element, context: EmbedContext): ElementContent[] | undefined {
  if (!isDrawn(node)) return undefined;
  const name = /^[ \t]*accTitle[ \t]*:[ \t]*(.+)$/m.exec(textOf(node))?.[1]?.trim();
  return [webVersionCard(context, context.words.diagram, name)];
}

function isDrawn(node: Element): boolean {
  if (hasClass(node, 'mermaid')) return true;
  const code = node.tagName === 'pre' ? node.children.find((child) => isElement(child, 'code')) : undefined;
  return (
    code !== undefined &&
    classesOf(code).some((name) => DRAWN.has(/^language-(.+)$/.exec(name.toLowerCase())?.[1] ?? ''))
  );
}
