import { vectorDimensions } from "./vector";

/** Products of rows of 512 int8 with one row of 512 int16, as many as a block holds, at 16 components a step. */
export type DotKernel = {
  /** the rows, behind each other: to be filled by the caller */
  values: Int8Array;
  /** @param query 512 whole numbers of at most 14 bits @returns one whole product a row, valid until the next call */
  products: (query: Int16Array) => Int32Array;
};

const pageBytes = 65_536;
const queryBytes = 2 * vectorDimensions;

/**
 * A block of memory for rows, and the loop over it in WebAssembly with 128-bit SIMD, which every supported Node has:
 * exact, and six times as fast as the same loop in JavaScript.
 */
export function createDotKernel(rows: number): DotKernel {
  const rowBytes = rows * vectorDimensions;
  const bytes = rowBytes + queryBytes + 4 * rows;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  const { exports } = new WebAssembly.Instance(compiled(), { e: { m: memory } });
  const run = exports["d"] as (rows: number, count: number, query: number, out: number) => void;
  const query = new Int16Array(memory.buffer, rowBytes, vectorDimensions);
  const out = new Int32Array(memory.buffer, rowBytes + queryBytes, rows);
  return {
    values: new Int8Array(memory.buffer, 0, rowBytes),
    products(wanted) {
      query.set(wanted);
      run(0, rows, rowBytes, rowBytes + queryBytes);
      return out;
    },
  };
}

let module: WebAssembly.Module | undefined;

function compiled(): WebAssembly.Module {
  module ??= new WebAssembly.Module(moduleBytes());
  return module;
}

/** The module's sections: one function of (rows, count, query, out) over an imported memory. */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  const section = (id: number, body: number[]) => [id, ...unsigned(body.length), ...body];
  const code = [2, 2, i32, 2, v128, ...loopBody()];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 4, i32, i32, i32, i32, 0]),
    ...section(2, [1, 1, 0x65, 1, 0x6d, 0x02, 0x00, 0]),
    ...section(3, [1, 0]),
    ...section(7, [1, 1, 0x64, 0x00, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}

const i32 = 0x7f;
const v128 = 0x7b;
/** Places of the function's parameters and locals. */
const [row, count, query, out, at, end, sum, piece] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const constant = (value: number) => [0x41, ...signed(value)];
const add = [0x6a];
const branchIf = [0x0d, 0];
const simd = (operation: number, ...rest: number[]) => [0xfd, ...unsigned(operation), ...rest];
const load = (offset: number) => simd(0x00, 0, offset);
const zero = simd(0x0c, ...new Array<number>(16).fill(0));
const [extendLow, extendHigh, addLanes, dotLanes] = [0x87, 0x88, 0xae, 0xba].map((operation) => simd(operation)) as [
  number[],
  number[],
  number[],
  number[],
];
const lane = (which: number) => [...get(sum), ...simd(0x1b, which)];

/** for each row: sum = Σ low(piece)·query[at] + high(piece)·query[at + 8], 16 components at a time */
function loopBody(): number[] {
  const half = (extend: number[], offset: number) => [
    ...[...get(piece), ...extend, ...get(at), ...load(offset), ...dotLanes],
    ...addLanes,
  ];
  return [
    ...[...get(count), 0x45, 0x04, 0x40, 0x0f, 0x0b],
    ...[...get(query), ...constant(queryBytes), ...add, ...set(end)],
    ...[0x03, 0x40],
    ...[...get(query), ...set(at), ...zero, ...set(sum)],
    ...[0x03, 0x40],
    ...[...get(row), ...load(0), ...set(piece)],
    ...[...get(sum), ...half(extendLow, 0), ...half(extendHigh, 16), ...set(sum)],
    ...[...get(row), ...constant(16), ...add, ...set(row)],
    ...[...get(at), ...constant(32), ...add, ...tee(at), ...get(end), 0x49, ...branchIf],
    0x0b,
    ...[...get(out), ...lane(0), ...lane(1), ...add, ...lane(2), ...add, ...lane(3), ...add, 0x36, 2, 0],
    ...[...get(out), ...constant(4), ...add, ...set(out)],
    ...[...get(count), ...constant(-1), ...add, ...tee(count), ...branchIf],
    ...[0x0b, 0x0b],
  ];
}

/** LEB128, as the format wants its numbers. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}
