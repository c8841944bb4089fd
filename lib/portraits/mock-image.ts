/** Five by seven dots a letter, a hexadecimal byte a row: a server may have no fonts. */
const glyphs: Record<string, string> = {
  A: "0e11111f111111",
  C: "0e11101010110e",
  D: "1e11111111111e",
  E: "1f10101e10101f",
  K: "11121418141211",
  M: "111b1515111111",
  O: "0e11111111110e",
  P: "1e11111e101010",
  R: "1e11111e141211",
  S: "0f10100e01011e",
  T: "1f040404040404",
  X: "11110a040a1111",
  "0": "0e11131519110e",
  "1": "040c040404040e",
  "2": "0e11010204081f",
  "3": "1f02040201110e",
  "4": "02060a121f0202",
  "5": "1f101e0101110e",
  "6": "0608101e11110e",
  "7": "1f010204080808",
  "8": "0e11110e11110e",
  "9": "0e11110f01020c",
  ":": "00040000000400",
};

const columns = 5;
const rows = 7;
/** with the gap behind it, in dots */
const advance = columns + 1;
const lineHeight = rows + 4;

type Mock = { width: number; height: number; seed: number; lines: string[] };

/** A placeholder that nobody takes for a portrait: words on a plain ground whose shade comes from the seed. PNG. */
export async function drawMock({ width, height, seed, lines }: Mock): Promise<Uint8Array> {
  const ground = 150 + (seed % 64);
  const pixels = new Uint8Array(width * height).fill(ground);
  const widest = Math.max(...lines.map(({ length }) => length)) * advance;
  const scale = Math.max(1, Math.floor((width * 0.8) / widest));
  let top = Math.floor((height - lines.length * lineHeight * scale) / 2);
  for (const line of lines) {
    const left = Math.floor((width - line.length * advance * scale) / 2);
    for (const [at, letter] of [...line].entries()) {
      stamp(pixels, { width, height, left: left + at * advance * scale, top, scale, glyph: glyphs[letter] });
    }
    top += lineHeight * scale;
  }
  const sharp = await loadSharp();
  const png = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return new Uint8Array(png);
}

/** A preview of one that was drawn here: nothing of strangers is decoded. */
export async function shrinkMock(png: Uint8Array): Promise<{ bytes: Uint8Array; mimeType: string }> {
  const sharp = await loadSharp();
  const webp = await sharp(png).resize({ width: 480, height: 480, fit: "inside" }).webp().toBuffer();
  return { bytes: new Uint8Array(webp), mimeType: "image/webp" };
}

/** Where images are made, not wherever orders are placed. */
async function loadSharp() {
  return (await import("sharp")).default;
}

type Stamp = { width: number; height: number; left: number; top: number; scale: number; glyph: string | undefined };

function stamp(pixels: Uint8Array, { width, height, left, top, scale, glyph }: Stamp): void {
  if (glyph === undefined) return;
  for (let y = 0; y < rows * scale; y++) {
    const bits = Number.parseInt(glyph.slice(2 * Math.floor(y / scale)).slice(0, 2), 16);
    for (let x = 0; x < columns * scale; x++) {
      const isInk = (bits >> (columns - 1 - Math.floor(x / scale))) & 1;
      const isInside = left + x >= 0 && left + x < width && top + y >= 0 && top + y < height;
      if (isInk && isInside) pixels[(top + y) * width + left + x] = 40;
    }
  }
}
