import type Sigma from "sigma";
import type { DrawnGraph, Join } from "./drawn-graph";
import type { GraphColours } from "./graph-colours";
import { reach, type Layout, type Place } from "./layout";
import { placeLabels, type WantedLabel } from "./place-labels";

/** What the painter shows now. */
export type Scene = {
  graph: DrawnGraph;
  layout: Layout;
  colours: GraphColours;
  selected: number | null;
  hovered: number | null;
};

const nameSize = 12;
const tagHeight = 22;
const tagLetters = 34;
const mostTags = 7;
/** From this zoom on the statements in view are named. */
const namedBelow = 0.28;

/** Draws what WebGL does not: guides behind the statements; lines of the chosen one, names and tags before them. */
export class GraphPainter {
  readonly #renderer: Sigma;
  readonly #back: HTMLCanvasElement;
  readonly #front: HTMLCanvasElement;

  constructor(renderer: Sigma) {
    this.#renderer = renderer;
    this.#back = renderer.createCanvas("guides", { beforeLayer: "edges" });
    this.#front = renderer.createCanvas("marks", { afterLayer: "hoverNodes" });
    this.#front.style.pointerEvents = "none";
  }

  paint(scene: Scene): void {
    this.#paintGuides(this.#clean(this.#back), scene);
    const front = this.#clean(this.#front);
    const focus = scene.hovered ?? scene.selected;
    if (scene.selected !== null && scene.selected !== focus) this.#paintJoins(front, scene, scene.selected, 0.35);
    if (focus !== null) this.#paintJoins(front, scene, focus, 1);
    this.#paintMarks(front, scene);
    this.#paintWords(front, scene);
  }

  #clean(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
    const { width, height } = this.#renderer.getDimensions();
    const scale = window.devicePixelRatio || 1;
    const context = canvas.getContext("2d");
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    context?.setTransform(scale, 0, 0, scale, 0, 0);
    context?.clearRect(0, 0, width, height);
    return context;
  }

  #toScreen(place: Place): Place {
    return this.#renderer.graphToViewport(place);
  }

  #paintGuides(context: CanvasRenderingContext2D | null, { layout, colours }: Scene): void {
    if (context === null) return;
    const scale = this.#toScreen({ x: reach, y: 0 }).x - this.#toScreen({ x: 0, y: 0 }).x;
    context.strokeStyle = colours.line;
    context.lineWidth = 1;
    for (const guide of layout.guides) {
      context.beginPath();
      if (guide.kind === "circle") {
        const { x, y } = this.#toScreen(guide);
        context.arc(x, y, (guide.radius / reach) * scale, 0, Math.PI * 2);
      } else {
        const [from, to] = [guide.from, guide.to].map((radius) =>
          this.#toScreen({ x: radius * Math.cos(guide.angle), y: radius * Math.sin(guide.angle) }),
        );
        if (from === undefined || to === undefined) continue;
        context.moveTo(from.x, from.y);
        context.lineTo(to.x, to.y);
      }
      context.stroke();
    }
  }

  /** Bent towards the middle, so that lines to the same side can be followed. */
  #paintJoins(context: CanvasRenderingContext2D | null, scene: Scene, place: number, opacity: number): void {
    if (context === null) return;
    const { graph, layout, colours } = scene;
    const own = layout.places[place];
    if (own === undefined) return;
    const [from, middle] = [this.#toScreen(own), this.#toScreen({ x: 0, y: 0 })];
    context.strokeStyle = colours.ink;
    context.globalAlpha = opacity;
    context.lineWidth = 1.25;
    for (const { to, isTension } of graph.joins[place] ?? []) {
      const other = layout.places[to];
      if (other === undefined) continue;
      const end = this.#toScreen(other);
      const bend = {
        x: middle.x + (from.x + end.x - 2 * middle.x) * 0.36,
        y: middle.y + (from.y + end.y - 2 * middle.y) * 0.36,
      };
      context.setLineDash(isTension ? [4, 3] : []);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.quadraticCurveTo(bend.x, bend.y, end.x, end.y);
      context.stroke();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  #paintMarks(context: CanvasRenderingContext2D | null, { layout, colours, selected, hovered }: Scene): void {
    if (context === null) return;
    for (const [place, colour, width] of [
      [hovered, colours.ink2, 1.25],
      [selected, colours.accent, 2],
    ] as const) {
      const at = place === null ? undefined : layout.places[place];
      if (at === undefined) continue;
      const { x, y } = this.#toScreen(at);
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.beginPath();
      context.arc(x, y, 10, 0, Math.PI * 2);
      context.stroke();
    }
  }

  /** Tags of the chosen statement and its neighbours come first; names of areas where they leave room. */
  #paintWords(context: CanvasRenderingContext2D | null, scene: Scene): void {
    if (context === null) return;
    const size = this.#renderer.getDimensions();
    context.textBaseline = "middle";
    context.font = `420 ${nameSize}px ${scene.colours.font}`;
    const tags = placeLabels(this.#wantedTags(context, scene), size);
    const names = placeLabels(this.#wantedNames(context, scene), size, tags);
    const { colours } = scene;
    for (const { x, y, width, height, label } of names) {
      context.lineWidth = 4;
      context.lineJoin = "round";
      context.strokeStyle = colours.ground;
      context.fillStyle = colours.ink2;
      context.textAlign = "left";
      context.strokeText(label, x, y + height / 2);
      context.fillText(label, x, y + height / 2, width);
    }
    for (const { x, y, width, height, label } of tags) {
      context.fillStyle = colours.over;
      context.strokeStyle = colours.line2;
      context.lineWidth = 1;
      context.beginPath();
      context.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, 4);
      context.fill();
      context.stroke();
      context.fillStyle = colours.ink;
      context.textAlign = "left";
      context.fillText(label, x + 6, y + height / 2 + 0.5);
    }
  }

  #wantedNames(context: CanvasRenderingContext2D, { layout }: Scene): WantedLabel<string>[] {
    const { width } = this.#renderer.getDimensions();
    return [...layout.names]
      .sort((a, b) => b.weight - a.weight)
      .map((name) => {
        const { x, y } = this.#toScreen(name);
        const text = shorten(name.text, 28);
        const wide = Math.min(width, context.measureText(text).width + 4);
        const left = name.align === "left" ? x : name.align === "right" ? x - wide : x - wide / 2;
        return { x: left, y: y - 10, width: wide, height: 20, label: text };
      })
      .filter(({ x, y, width: wide }) => x > -wide && y > -20 && x < width);
  }

  #wantedTags(context: CanvasRenderingContext2D, scene: Scene): WantedLabel<string>[] {
    const focus = scene.hovered ?? scene.selected;
    const own = [scene.hovered, scene.selected].flatMap((place) => (place === null ? [] : [place]));
    const joined = focus === null ? [] : (scene.graph.joins[focus] ?? []).map(({ to }: Join) => to);
    const wide = this.#renderer.getDimensions().width > 480;
    const places = [...new Set(wide ? [...own, ...joined] : own)].slice(0, mostTags);
    if (this.#renderer.getCamera().ratio < namedBelow) places.push(...this.#inView(scene, new Set(places)));
    return places.flatMap((place) => {
      const [at, node] = [scene.layout.places[place], scene.graph.nodes[place]];
      if (at === undefined || node === undefined) return [];
      const { x, y } = this.#toScreen(at);
      const label = shorten(node.statement, tagLetters);
      const width = context.measureText(label).width + 12;
      const isLeft = x - 14 - width > 0 && (at.x < 0 || x + 14 + width > this.#renderer.getDimensions().width);
      return [{ x: isLeft ? x - 14 - width : x + 14, y: y - tagHeight / 2, width, height: tagHeight, label }];
    });
  }

  #inView({ layout, graph }: Scene, known: ReadonlySet<number>): number[] {
    const { width, height } = this.#renderer.getDimensions();
    return layout.order
      .filter((place) => {
        const at = layout.places[place];
        if (at === undefined || known.has(place)) return false;
        const { x, y } = this.#toScreen(at);
        return x > 0 && y > 0 && x < width && y < height;
      })
      .sort((a, b) => (graph.nodes[b]?.confidence ?? 0) - (graph.nodes[a]?.confidence ?? 0))
      .slice(0, 60);
  }
}

/** Cut at a word. */
function shorten(text: string, letters: number): string {
  if (text.length <= letters) return text;
  const cut = text.slice(0, letters);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), letters - 12)).trimEnd()}…`;
}
