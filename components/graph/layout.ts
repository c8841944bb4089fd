/** How a graph is laid out: what its places mean. */
export const layoutNames = ["ring", "closeness", "source"] as const;
export type LayoutName = (typeof layoutNames)[number];

export type Place = { x: number; y: number };

/** A line that only helps to read the drawing: around the origin unless said. */
export type Guide =
  { kind: "circle"; x: number; y: number; radius: number } | { kind: "spoke"; angle: number; from: number; to: number };

/** A name in the drawing. `align`: on which side of its place the words stand. */
export type AreaName = Place & { text: string; align: "left" | "right" | "center"; weight: number };

/** Where everything lies, in a square from −1000 to 1000, y upwards. */
export type Layout = {
  places: Place[];
  /** radians, for shapes that point somewhere */
  angles: number[];
  /** places of the statements in the order in which one walks through them */
  order: number[];
  /** by place: what the walk is in, to be a heading of the list */
  groups: string[];
  guides: Guide[];
  names: AreaName[];
  /** what it is parted into, the largest first */
  areas: { name: string; places: number[] }[];
};

export const reach = 1000;
/** With more lines than this all of them at once are a grey disc: they come with the zoom. */
export const mostLines = 1500;
