export type ImageHead = { mimeType: "image/png" | "image/jpeg" | "image/webp"; width: number; height: number };

/**
 * What an image says of itself in its first bytes; nothing is decoded. The kind is read off the bytes, never off a
 * name or a header.
 *
 * @returns null when it is no PNG, JPEG or WebP, or breaks off before it tells its size
 * @see https://www.w3.org/TR/png-3/#11IHDR, ITU T.81 B.2.2, https://developers.google.com/speed/webp/docs/riff_container
 */
export function readImageHead(bytes: Uint8Array): ImageHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = ofPng(view) ?? ofJpeg(view) ?? ofWebp(view);
  return head !== null && head.width > 0 && head.height > 0 ? head : null;
}

function ofPng(view: DataView): ImageHead | null {
  const isPng = view.byteLength >= 24 && view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a;
  if (!isPng || view.getUint32(12) !== 0x49484452) return null;
  return { mimeType: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

const frames = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

function ofJpeg(view: DataView): ImageHead | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (frames.has(marker)) {
      return { mimeType: "image/jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    // a marker may be led in by any number of fill bytes
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

function ofWebp(view: DataView): ImageHead | null {
  const isWebp = view.byteLength >= 30 && view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250;
  if (!isWebp) return null;
  const size = (width: number, height: number): ImageHead => ({ mimeType: "image/webp", width, height });
  switch (view.getUint32(12)) {
    case 0x56503820:
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 0x56503858:
      return size((view.getUint32(24, true) & 0xffffff) + 1, ((view.getUint32(26, true) >>> 8) & 0xffffff) + 1);
    default:
      return null;
  }
}
