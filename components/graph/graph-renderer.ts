import Graph from "graphology";
import Sigma from "sigma";
import { animateNodes } from "sigma/utils";
import type { DrawnGraph } from "./drawn-graph";
import { type GraphColours, over, readColours } from "./graph-colours";
import { GraphPainter } from "./graph-painter";
import { type Layout, mostLines, type Place, reach } from "./layout";
import { shapesProgram } from "./shapes-program";

export type GraphEvents = {
  onSelect: (place: number | null) => void;
  onZoom: (percent: number) => void;
  onLost: () => void;
};

/** Fingers and trembling hands hit what is near. */
const hitPixels = 16;
const linesBelowRatio = 0.5;
const stepRatio = 1.5;
const moveMs = 200;
/** Pixels around an area that is shown, before the camera moves. */
const areaMargin = 16;
const closestArea = 0.3;

/** The drawing on its canvases: WebGL for statements and lines, two dimensions for words. Knows nothing of React. */
export class GraphRenderer {
  readonly #graph: DrawnGraph;
  readonly #events: GraphEvents;
  readonly #data = new Graph({ multi: true, type: "undirected" });
  readonly #renderer: Sigma;
  readonly #painter: GraphPainter;
  readonly #stops: (() => void)[] = [];
  #layout: Layout;
  #colours: GraphColours;
  #selected: number | null = null;
  #hovered: number | null = null;
  #found: ReadonlySet<number> | null = null;
  #hasLines = true;
  /** Whoever still holds it may ask it for things: it does nothing any more. */
  #isOver = false;

  constructor(container: HTMLElement, graph: DrawnGraph, layout: Layout, events: GraphEvents) {
    this.#graph = graph;
    this.#layout = layout;
    this.#events = events;
    this.#colours = readColours(container);
    this.#fill(Math.min(1, Math.max(container.clientWidth, 240) / 560));
    const isNarrow = container.clientWidth < 480;
    this.#renderer = new Sigma(this.#data, container, {
      nodeProgramClasses: { shape: shapesProgram(() => this.#colours.ground) },
      defaultNodeType: "shape",
      renderLabels: false,
      enableCameraRotation: false,
      minCameraRatio: 0.04,
      maxCameraRatio: 1.4,
      zIndex: true,
      stagePadding: isNarrow ? 26 : 44,
      minEdgeThickness: 2,
      hideEdgesOnMove: graph.edges.length > mostLines,
      // sigma's own hover draws a label box; ours is the painter's
      defaultDrawNodeHover: () => undefined,
      nodeReducer: (key, data) => ({ ...data, ...this.#look(Number(key)) }),
      edgeReducer: (_, data) => ({ ...data, hidden: !this.#hasLines, color: this.#lineColour() }),
    });
    this.#renderer.setCustomBBox({ x: [-reach, reach], y: [-reach, reach] });
    this.#painter = new GraphPainter(this.#renderer);
    this.#renderer.on("afterRender", () => this.#paint());
    this.#renderer.getCamera().on("updated", ({ ratio }) => this.#zoomed(ratio));
    this.#zoomed(1);
    this.#listen(container);
    this.#renderer.refresh();
    performance.mark("graph-drawn");
  }

  kill(): void {
    this.#isOver = true;
    for (const stop of this.#stops) stop();
    this.#renderer.kill();
  }

  select(place: number | null): void {
    if (this.#isOver || place === this.#selected) return;
    this.#selected = place;
    this.#renderer.refresh({ skipIndexation: true });
    if (place !== null) this.#bringIntoView(place);
  }

  /** Shows only these strongly; null: all. */
  find(found: ReadonlySet<number> | null): void {
    if (this.#isOver) return;
    this.#found = found;
    this.#renderer.refresh({ skipIndexation: true });
  }

  arrange(layout: Layout): void {
    if (this.#isOver) return;
    this.#layout = layout;
    for (const [place, angle] of layout.angles.entries()) this.#data.setNodeAttribute(String(place), "angle", angle);
    const targets = Object.fromEntries(layout.places.map((place, at) => [String(at), place]));
    if (isStill()) {
      this.#data.updateEachNodeAttributes((key, data) => ({ ...data, ...targets[key] }));
      this.#renderer.refresh();
    } else animateNodes(this.#data, targets as Record<string, Record<string, number>>, { duration: moveMs });
    this.fit();
  }

  zoom(direction: 1 | -1): void {
    const camera = this.#renderer.getCamera();
    const ratio = camera.getBoundedRatio(direction > 0 ? camera.ratio / stepRatio : camera.ratio * stepRatio);
    this.#moveTo({ ratio });
  }

  fit(): void {
    this.#moveTo({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  /** Moves to where these lie, as close as all of them fit. */
  show(places: readonly number[]): void {
    const corners = places.flatMap((place) => {
      const at = this.#layout.places[place];
      return at === undefined ? [] : [this.#renderer.graphToViewport(at)];
    });
    if (corners.length === 0) return;
    const [left, right] = [Math.min(...corners.map(({ x }) => x)), Math.max(...corners.map(({ x }) => x))];
    const [top, bottom] = [Math.min(...corners.map(({ y }) => y)), Math.max(...corners.map(({ y }) => y))];
    const { width, height } = this.#renderer.getDimensions();
    const camera = this.#renderer.getCamera();
    const share = Math.max((right - left + 2 * areaMargin) / width, (bottom - top + 2 * areaMargin) / height);
    const centre = this.#renderer.viewportToFramedGraph({ x: (left + right) / 2, y: (top + bottom) / 2 });
    this.#moveTo({
      ...centre,
      ratio: camera.getBoundedRatio(Math.max(closestArea, Math.min(1, camera.ratio * share))),
    });
  }

  /** The nearest statement in a direction of the screen, for arrow keys. */
  next(from: number, dx: number, dy: number): number | null {
    const own = this.#layout.places[from];
    if (own === undefined) return null;
    let best: { place: number; cost: number } | null = null;
    for (const [place, other] of this.#layout.places.entries()) {
      if (place === from || this.#isHidden(place)) continue;
      const ahead = (other.x - own.x) * dx - (other.y - own.y) * dy;
      const aside = Math.abs((other.x - own.x) * dy + (other.y - own.y) * dx);
      if (ahead <= 0 || aside > ahead * 1.5) continue;
      const cost = ahead + 2 * aside;
      if (best === null || cost < best.cost) best = { place, cost };
    }
    return best?.place ?? null;
  }

  /** Reads the tokens again: the theme has changed. */
  recolour(): void {
    this.#colours = readColours(this.#renderer.getContainer());
    this.#renderer.refresh({ skipIndexation: true });
  }

  #fill(scale: number): void {
    const { nodes, edges } = this.#graph;
    const spacing = 620 * Math.sqrt(1 / Math.max(1, nodes.length));
    const size = scale * Math.max(1.7, Math.min(5.4, spacing * 0.3));
    for (const { place, component, confidence } of nodes) {
      const { x, y } = this.#layout.places[place] ?? { x: 0, y: 0 };
      const angle = this.#layout.angles[place] ?? 0;
      this.#data.addNode(String(place), { x, y, component, angle, size: size * (0.72 + 0.42 * confidence) });
    }
    for (const { from, to } of edges)
      if (this.#data.hasNode(String(from)) && this.#data.hasNode(String(to)))
        this.#data.addEdge(String(from), String(to), { size: 0.6 });
  }

  #look(place: number): { color: string; zIndex: number } {
    const node = this.#graph.nodes[place];
    if (node === undefined) return { color: this.#colours.line2, zIndex: 0 };
    const isNear = this.#isNear(place);
    const strength = node.state === "active" ? 0.5 + 0.5 * node.confidence : 0.32;
    const opacity = this.#isHidden(place) ? 0.12 : isNear === false ? strength * 0.45 : isNear ? 1 : strength;
    return { color: over(this.#colours.hues[node.component], this.#colours.ground, opacity), zIndex: isNear ? 1 : 0 };
  }

  /** @returns null while nothing is chosen */
  #isNear(place: number): boolean | null {
    if (this.#selected === null) return null;
    if (place === this.#selected) return true;
    return (this.#graph.joins[this.#selected] ?? []).some(({ to }) => to === place);
  }

  #isHidden(place: number): boolean {
    return this.#found !== null && !this.#found.has(place);
  }

  #lineColour(): string {
    const isMany = this.#graph.edges.length > mostLines;
    return over(this.#colours.line2, this.#colours.ground, isMany ? 0.35 : this.#selected === null ? 0.75 : 0.4);
  }

  #paint(): void {
    this.#painter.paint({
      graph: this.#graph,
      layout: this.#layout,
      colours: this.#colours,
      selected: this.#selected,
      hovered: this.#hovered,
    });
  }

  #zoomed(ratio: number): void {
    const hasLines = this.#graph.edges.length <= mostLines || ratio < linesBelowRatio;
    if (hasLines !== this.#hasLines) {
      this.#hasLines = hasLines;
      this.#renderer.scheduleRefresh();
    }
    // one finger scrolls the page until there is something to pan to
    const mouse = this.#renderer.getCanvases()["mouse"];
    if (mouse) mouse.style.touchAction = ratio < 0.99 ? "none" : "pan-y";
    this.#events.onZoom(Math.round(100 / ratio));
  }

  #bringIntoView(place: number): void {
    const at = this.#layout.places[place];
    if (at === undefined) return;
    const { width, height } = this.#renderer.getDimensions();
    const { x, y } = this.#renderer.graphToViewport(at);
    const margin = 24;
    if (x > margin && y > margin && x < width - margin && y < height - margin) return;
    this.#moveTo(this.#renderer.viewportToFramedGraph({ x, y }));
  }

  #moveTo(state: Parameters<ReturnType<Sigma["getCamera"]>["setState"]>[0]): void {
    const camera = this.#renderer.getCamera();
    if (isStill()) camera.setState(state);
    else void camera.animate(state, { duration: moveMs });
  }

  #listen(container: HTMLElement): void {
    const renderer = this.#renderer;
    const choose = ({ event }: { event: Place }) => this.#events.onSelect(this.#hit(event));
    renderer.on("clickNode", choose);
    renderer.on("clickStage", choose);
    renderer.on("moveBody", ({ event }) => this.#hover(this.#hit(event)));
    renderer.getMouseCaptor().on("mouseleave", () => this.#hover(null));
    const on = <K extends keyof HTMLElementEventMap>(
      name: K,
      listener: (event: HTMLElementEventMap[K]) => void,
      options: AddEventListenerOptions = {},
    ) => {
      container.addEventListener(name, listener, options);
      this.#stops.push(() => container.removeEventListener(name, listener, options));
    };
    // the wheel scrolls the page; it zooms with the key that zooms elsewhere, or once the drawing is in use
    const isMeant = (event: WheelEvent) =>
      event.ctrlKey || event.metaKey || container.parentElement?.contains(document.activeElement) === true;
    on("wheel", (event) => (isMeant(event) ? undefined : event.stopPropagation()), { capture: true });
    on("webglcontextlost" as keyof HTMLElementEventMap, () => this.#events.onLost(), { capture: true });
    const themes = new MutationObserver(() => this.recolour());
    themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.#stops.push(() => themes.disconnect());
  }

  #hit({ x, y }: Place): number | null {
    let best: { place: number; distance: number } | null = null;
    for (const [place, at] of this.#layout.places.entries()) {
      if (this.#isHidden(place)) continue;
      const there = this.#renderer.graphToViewport(at);
      const distance = Math.hypot(there.x - x, there.y - y);
      if (distance <= hitPixels && (best === null || distance < best.distance)) best = { place, distance };
    }
    return best?.place ?? null;
  }

  #hover(place: number | null): void {
    if (place === this.#hovered) return;
    this.#hovered = place;
    this.#renderer.getContainer().style.cursor = place === null ? "" : "pointer";
    this.#paint();
  }
}

const isStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Whether this browser can draw it at all. */
export function hasWebgl(): boolean {
  try {
    const canvas = document.createElement("canvas");
    return (canvas.getContext("webgl2") ?? canvas.getContext("webgl")) !== null;
  } catch {
    return false;
  }
}
