import { countOf, formatCount } from "@/lib/format";

export const graphText = {
  layout: "Layout",
  layouts: { ring: "By ring", closeness: "By closeness", source: "By source" },
  find: "Find in the graph",
  findPlaceholder: "Find a statement",
  zoomOut: "Zoom out",
  zoomIn: "Zoom in",
  fit: "Show all of it",
  zoom: (percent: number) => `${formatCount(percent)}%`,
  zoomLabel: (percent: number) => `Zoom ${formatCount(percent)} percent`,
  drawing: "Drawing of the graph. Arrow keys go to the next statement in that direction. The list holds the same.",
  drawingRole: "graph",
  loading: "Loading the graph",
  failed: "The graph could not be loaded",
  noWebgl:
    "This browser does not draw with WebGL, or it is switched off. The list holds everything that the drawing would.",
  supports: "supports",
  tension: "in tension",
  linesHidden: "Lines appear as you zoom in, and for the statement you choose.",
  list: "All statements",
  listOf: (shown: number, total: number, query: string) =>
    query === "" ? formatCount(total) : `${formatCount(shown)} of ${formatCount(total)}`,
  onlySurest: (shown: number, total: number) =>
    `The surest ${formatCount(shown)} of ${formatCount(total)} statements; the others are in Primitives.`,
  noneFound: (query: string) => `No statement holds “${query}”. Try another word, or a part of one.`,
  areas: "Go to",
  nothingChosen: "Choose a statement, in the drawing or in the list, to see its sentence and what it is joined to.",
  ringGroup: (component: string, sector: string) => (sector === "" ? component : `${component}, ${sector}`),
  sourceGroup: (source: string, component: string) => `${source}, ${component}`,
  elsewhere: "other things",
  noSource: "written by hand",
  sentence: "The sentence it rests on",
  sentenceLoads: "Loading the sentence",
  sentenceFailed: "The sentence could not be loaded",
  noSentence: "No text holds it: it was written by hand.",
  moreSentences: (count: number) => `and ${countOf(count, "more sentence")}`,
  draft: "Draft",
  disabled: "Switched off",
  about: (sector: string) => `near “${sector}”`,
  open: "Open in Primitives",
  close: "Choose none",
  joined: "Joined to it",
  closeness: "closeness",
  tensionWord: "Tension",
  nothingJoined: "Nothing else in this face is close enough to be joined to it.",
  captions: {
    ring: "Position shows ring and topic only. A topic is a person, place or subject that several statements touch, with what lies nearest in meaning. Distance means something in “By closeness”.",
    closeness: (kept: number | null) =>
      `Near here is near in meaning, as far as a plane can show it${
        kept === null
          ? "."
          : `: of the ten statements nearest in meaning, ${Math.round(kept * 10)} are among the ten nearest here.`
      } The axes mean nothing.`,
    source:
      "Each disc is a text; a statement stands with the text that says it most often. Inside, identity is in the middle, behaviour at the rim.",
  },
  keys: "Arrow keys move along the list and the drawing together. Hold ⌘ or Ctrl to zoom with the wheel.",
  emptyTitle: "Nothing to draw yet",
  empty: "The graph is made of statements, and statements come from texts. Add one, then sync.",
  emptyAction: "Go to the sources",
  emptyFigure: "An empty fingerprint",
  commands: {
    find: "Find a statement in the graph",
    fit: "Show the whole graph",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
  },
};
