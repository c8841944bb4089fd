import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";

export type ZipEntry = {
  /** with slashes between folders; unique in the archive */
  name: string;
  content: AsyncIterable<Uint8Array>;
  /** its bytes are compressed already, as those of most files that people have */
  isCompressed?: boolean;
  /** it may have four gigabytes or more */
  isLarge?: boolean;
};

type Written = { name: Buffer; crc: number; size: number; packedSize: number; offset: number };

const max32 = 0xffffffff;
const max16 = 0xffff;
/** 4.5, that of archives and entries beyond four gigabytes */
const version = 45;
/** lengths and checksum follow the content; names are UTF-8 */
const flags = 0x0808;
const deflated = 8;
/** made on Unix, so that the file's mode counts */
const madeBy = (3 << 8) | version;
const plainFile = (0o100644 << 16) >>> 0;
/** The earliest that the format knows, 1 January 1980: an archive of the same content has the same bytes. */
const dosDate = (1 << 5) | 1;

/**
 * Writes a zip archive as it is read: nothing is held but the names, whatever the size (PKWARE's APPNOTE 6.3.10, with
 * ZIP64 where it is needed). Compressing runs beside the event loop.
 *
 * @throws whatever the contents throw; {RangeError} four gigabytes in an entry that did not say it is large
 */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const entry of entries) {
    const written: Written = { name: Buffer.from(entry.name), crc: 0, size: 0, packedSize: 0, offset };
    const head = localHeader(written.name, entry.isLarge ?? false);
    yield head;
    for await (const piece of deflate(entry, written)) yield piece;
    const tail = dataDescriptor(written, entry.isLarge ?? false);
    yield tail;
    directory.push(directoryEntry(written));
    offset += head.length + written.packedSize + tail.length;
  }
  const whole = Buffer.concat(directory);
  yield whole;
  yield endOfDirectory(directory.length, whole.length, offset);
}

/** The content packed; `written` learns its lengths and checksum on the way. */
async function* deflate({ content, isCompressed, isLarge, name }: ZipEntry, written: Written): AsyncGenerator<Buffer> {
  async function* counted() {
    for await (const piece of content) {
      written.crc = crc32(piece, written.crc);
      written.size += piece.byteLength;
      yield piece;
    }
  }
  const packer = createDeflateRaw({ level: isCompressed ? 0 : 6 });
  const source = Readable.from(counted(), { highWaterMark: 1 });
  const done = pipeline(source, packer);
  // the reader below hears of a failure first
  done.catch(() => undefined);
  for await (const piece of packer as AsyncIterable<Buffer>) {
    written.packedSize += piece.byteLength;
    yield piece;
  }
  await done;
  if (!isLarge && Math.max(written.size, written.packedSize) >= max32) throw new RangeError(`${name} is too large.`);
}

function localHeader(name: Buffer, isLarge: boolean): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(version, 4);
  head.writeUInt16LE(flags, 6);
  head.writeUInt16LE(deflated, 8);
  head.writeUInt16LE(dosDate, 12);
  if (isLarge) head.fill(0xff, 18, 26);
  head.writeUInt16LE(name.length, 26);
  const extra = isLarge ? zip64Extra([0, 0]) : Buffer.alloc(0);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, name, extra]);
}

function dataDescriptor({ crc, size, packedSize }: Written, isLarge: boolean): Buffer {
  const tail = Buffer.alloc(isLarge ? 24 : 16);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(crc, 4);
  if (isLarge) {
    tail.writeBigUInt64LE(BigInt(packedSize), 8);
    tail.writeBigUInt64LE(BigInt(size), 16);
  } else {
    tail.writeUInt32LE(packedSize, 8);
    tail.writeUInt32LE(size, 12);
  }
  return tail;
}

function directoryEntry({ name, crc, size, packedSize, offset }: Written): Buffer {
  const head = Buffer.alloc(46);
  // what does not fit stands in the extra field, in this order
  const beyond = [size, packedSize, offset].filter((value) => value >= max32);
  const extra = beyond.length === 0 ? Buffer.alloc(0) : zip64Extra(beyond);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(madeBy, 4);
  head.writeUInt16LE(version, 6);
  head.writeUInt16LE(flags, 8);
  head.writeUInt16LE(deflated, 10);
  head.writeUInt16LE(dosDate, 14);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(Math.min(packedSize, max32), 20);
  head.writeUInt32LE(Math.min(size, max32), 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(plainFile, 38);
  head.writeUInt32LE(Math.min(offset, max32), 42);
  return Buffer.concat([head, name, extra]);
}

function zip64Extra(values: number[]): Buffer {
  const extra = Buffer.alloc(4 + values.length * 8);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(values.length * 8, 2);
  values.forEach((value, index) => extra.writeBigUInt64LE(BigInt(value), 4 + index * 8));
  return extra;
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, max16), 8);
  end.writeUInt16LE(Math.min(count, max16), 10);
  end.writeUInt32LE(Math.min(size, max32), 12);
  end.writeUInt32LE(Math.min(offset, max32), 16);
  const fits = count < max16 && size < max32 && offset < max32;
  return fits ? end : Buffer.concat([zip64End(count, size, offset), end]);
}

function zip64End(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(madeBy, 12);
  end.writeUInt16LE(version, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  // where it stands itself
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(offset + size), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
