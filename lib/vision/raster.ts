/** Pixels of sRGB, 8 bits a channel, row by row: RGB, or RGBA with straight alpha. */
export type Raster = { data: Uint8Array; width: number; height: number; channels: 3 | 4 };

/** One number a pixel, 0 to 1, row by row: how much of the pixel is the person. */
export type Matte = { data: Float32Array; width: number; height: number };

/** In pixels, from the upper left corner. */
export type Box = { x: number; y: number; width: number; height: number };
