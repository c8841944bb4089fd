/** A descriptor (lib/vision/faces.ts) as it is stored: its floats, little-endian. */
export function descriptorToBytes(descriptor: Float32Array): Buffer {
  const bytes = Buffer.alloc(descriptor.length * 4);
  descriptor.forEach((value, at) => bytes.writeFloatLE(value, at * 4));
  return bytes;
}

/** The same back, wherever in memory the bytes lie. */
export function descriptorOfBytes(bytes: Uint8Array): Float32Array {
  const buffer = Buffer.from(bytes);
  return Float32Array.from({ length: buffer.length / 4 }, (_value, at) => buffer.readFloatLE(at * 4));
}
