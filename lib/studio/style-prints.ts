type Rgb = readonly [red: number, green: number, blue: number];

/** How a photograph is printed: by curves, colours of light and dark, and grain. All sRGB values of 0 to 1. */
export type Print = {
  /** how much of the colour stays: 0 none, 1 all, above 1 more */
  colour: number;
  /** 0 leaves the tones, 1 is a steep S */
  contrast: number;
  /** the darkest and the lightest there is */
  black: Rgb;
  white: Rgb;
  /** multiplies, as a filter before the lens */
  filter: Rgb;
  /** added to shadows and to lights */
  shadows: Rgb;
  lights: Rgb;
  /** deviation */
  grain: number;
  /** how much darker the corners are */
  vignette: number;
  /** light that spreads around what is bright */
  glow: number;
};

const none: Rgb = [0, 0, 0];
const all: Rgb = [1, 1, 1];
export const plainPrint: Print = {
  colour: 1,
  contrast: 0,
  black: none,
  white: all,
  filter: all,
  shadows: none,
  lights: none,
  grain: 0,
  vignette: 0,
  glow: 0,
};

/** By the ids of the styles and palettes in wish-table.ts. For the painted styles: the tones they paint in. */
export const prints: Record<string, Print> = {
  film: {
    ...plainPrint,
    colour: 0.92,
    contrast: 0.3,
    black: [0.035, 0.04, 0.05],
    white: [0.99, 0.975, 0.945],
    filter: [1.02, 1, 0.96],
    shadows: [-0.01, 0.006, 0.016],
    lights: [0.015, 0.006, -0.015],
    grain: 0.022,
    vignette: 0.12,
    glow: 0.1,
  },
  cinematic: {
    ...plainPrint,
    colour: 0.95,
    contrast: 0.45,
    filter: [0.97, 0.98, 1],
    shadows: [-0.03, 0.008, 0.032],
    lights: [0.03, 0.01, -0.028],
    grain: 0.012,
    vignette: 0.28,
    glow: 0.06,
  },
  silver: {
    ...plainPrint,
    colour: 0,
    contrast: 0.4,
    white: [0.985, 0.98, 0.965],
    grain: 0.016,
    vignette: 0.16,
  },
  // steep, but eyes in the shade are still to be seen
  noir: { ...plainPrint, colour: 0, contrast: 0.6, white: [0.97, 0.975, 0.98], grain: 0.015, vignette: 0.5 },
  sepia: {
    ...plainPrint,
    colour: 0,
    contrast: 0.18,
    black: [0.13, 0.085, 0.05],
    white: [0.96, 0.9, 0.78],
    grain: 0.02,
    vignette: 0.25,
  },
  warm: {
    ...plainPrint,
    colour: 1.04,
    contrast: 0.12,
    filter: [1.05, 1, 0.88],
    lights: [0.02, 0.008, -0.02],
  },
  cool: {
    ...plainPrint,
    colour: 0.95,
    contrast: 0.12,
    filter: [0.93, 0.99, 1.06],
    shadows: [-0.01, 0, 0.02],
  },
  poster: { ...plainPrint, colour: 1.3, contrast: 0.35 },
  watercolour: { ...plainPrint, colour: 1.22, contrast: 0.3, black: [0.03, 0.03, 0.06], white: [0.99, 0.985, 0.97] },
  oil: {
    ...plainPrint,
    colour: 1.15,
    contrast: 0.25,
    filter: [1.02, 1, 0.95],
    vignette: 0.12,
  },
  pencil: {
    ...plainPrint,
    colour: 0,
    black: [0.2, 0.2, 0.21],
    white: [0.97, 0.965, 0.95],
  },
  ink: {
    ...plainPrint,
    colour: 0,
    contrast: 0.3,
    black: [0.09, 0.09, 0.13],
    white: [0.975, 0.962, 0.93],
  },
  vivid: { ...plainPrint, colour: 1.35, contrast: 0.22 },
  muted: { ...plainPrint, colour: 0.62, contrast: -0.15, black: [0.05, 0.05, 0.055], white: [0.98, 0.975, 0.965] },
};
