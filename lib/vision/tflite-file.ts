/** A tensor of a TFLite file: its shape and, where it is a constant, its bytes. */
export type TfliteTensor = { shape: number[]; type: number; bytes: Uint8Array | null };

/** An operator: its builtin code (32: a custom one, by name), tensors by index, and its options. */
export type TfliteOperator = {
  code: number;
  custom: string | null;
  inputs: number[];
  outputs: number[];
  /** the n-th field of the options' table, as a byte or as a whole number; 0 where it is not set */
  byteOption(field: number): number;
  intOption(field: number): number;
};

export type TfliteGraph = {
  tensors: TfliteTensor[];
  operators: TfliteOperator[];
  inputs: number[];
  outputs: number[];
};

/**
 * Reads the first graph of a TFLite file (a FlatBuffer, see tensorflow/lite/schema/schema.fbs; the numbers of the
 * fields below are those of that schema). Only for files that ship with a pinned package and were checked.
 */
export function readTflite(bytes: Buffer): TfliteGraph {
  const file = new FlatBuffer(bytes);
  const model = file.root();
  const codes = file.tables(model, 1).map((code) => ({
    builtin: file.int(code, 3) || file.byte(code, 0),
    custom: file.text(code, 1),
  }));
  const buffers = file.tables(model, 4).map((buffer) => file.bytesOf(buffer, 0));
  const [graph = 0] = file.tables(model, 2);
  const tensors = file.tables(graph, 0).map((tensor) => ({
    shape: file.ints(tensor, 0),
    type: file.byte(tensor, 1),
    bytes: buffers[file.int(tensor, 2)] ?? null,
  }));
  const operators = file.tables(graph, 3).map((operator) => {
    const code = codes[file.int(operator, 0)];
    const options = file.table(operator, 4);
    return {
      code: code?.builtin ?? -1,
      custom: code?.custom ?? null,
      inputs: file.ints(operator, 1),
      outputs: file.ints(operator, 2),
      byteOption: (field: number) => (options === null ? 0 : file.byte(options, field)),
      intOption: (field: number) => (options === null ? 0 : file.int(options, field)),
    };
  });
  return { tensors, operators, inputs: file.ints(graph, 1), outputs: file.ints(graph, 2) };
}

/** Tables and vectors of a FlatBuffer, by the place where they begin. */
class FlatBuffer {
  constructor(private readonly bytes: Buffer) {}

  root(): number {
    return this.follow(0);
  }

  /** Where a field of a table stands; null when it is not set. */
  private field(table: number, index: number): number | null {
    const layout = table - this.bytes.readInt32LE(table);
    const entry = 4 + 2 * index;
    if (entry >= this.bytes.readUInt16LE(layout)) return null;
    const offset = this.bytes.readUInt16LE(layout + entry);
    return offset === 0 ? null : table + offset;
  }

  private follow(at: number): number {
    return at + this.bytes.readUInt32LE(at);
  }

  private vector(table: number, index: number): { length: number; at: number } {
    const field = this.field(table, index);
    if (field === null) return { length: 0, at: 0 };
    const at = this.follow(field);
    return { length: this.bytes.readUInt32LE(at), at: at + 4 };
  }

  byte(table: number, index: number): number {
    const field = this.field(table, index);
    return field === null ? 0 : this.bytes.readUInt8(field);
  }

  int(table: number, index: number): number {
    const field = this.field(table, index);
    return field === null ? 0 : this.bytes.readInt32LE(field);
  }

  table(table: number, index: number): number | null {
    const field = this.field(table, index);
    return field === null ? null : this.follow(field);
  }

  tables(table: number, index: number): number[] {
    const { length, at } = this.vector(table, index);
    return Array.from({ length }, (_, item) => this.follow(at + 4 * item));
  }

  ints(table: number, index: number): number[] {
    const { length, at } = this.vector(table, index);
    return Array.from({ length }, (_, item) => this.bytes.readInt32LE(at + 4 * item));
  }

  bytesOf(table: number, index: number): Uint8Array | null {
    const { length, at } = this.vector(table, index);
    return length === 0 ? null : this.bytes.subarray(at, at + length);
  }

  text(table: number, index: number): string | null {
    const { length, at } = this.vector(table, index);
    return length === 0 ? null : this.bytes.toString("utf8", at, at + length);
  }
}
