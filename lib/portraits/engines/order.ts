import type { z } from "zod";
import { microUsdFromUsd } from "@/lib/billing/money";
import { LeaseLostError, WorkerStoppingError } from "@/lib/jobs/job-errors";
import { log } from "@/lib/log";
import type { PortraitOrder } from "../engine";
import type { Wire } from "./wire";
import { WireError } from "./wire-error";

/** What was saved of an order before; null where there is nothing, or nothing that is understood. */
export async function recall<T>({ memory }: PortraitOrder, schema: z.ZodType<T>): Promise<T | null> {
  const known = schema.safeParse((await memory?.load()) ?? null);
  return known.success ? known.data : null;
}

/** Keeps `value` for a further attempt at the order; where nothing is kept, nothing happens. */
export async function remember({ memory }: PortraitOrder, value: object): Promise<void> {
  await memory?.save(value);
}

/** What `count` images cost, in micro-USD. */
export function priceOf(usdPerImage: number, count: number): bigint {
  return microUsdFromUsd(usdPerImage * count);
}

/** The seed of an image of an order: 32 bits without a sign, and round again behind the highest. */
export function seedOf({ seed }: PortraitOrder, index: number): number {
  return (seed + index) % 2 ** 32;
}

/** The text with what stands for each person put in; one that the text does not place comes first. */
export function withPeople(text: string, named: readonly string[]): string {
  const missing: string[] = [];
  let whole = text;
  for (const [index, name] of named.entries()) {
    const slot = `{${index + 1}}`;
    if (whole.includes(slot)) whole = whole.replaceAll(slot, () => name);
    else missing.push(name);
  }
  return [...missing, whole].join(" ").replace(/\s+/gu, " ").trim();
}

/** Whether it was not done in time: nobody waits for it any longer. */
export function isLate(error: unknown): boolean {
  return error instanceof WireError && error.kind === "late";
}

/**
 * Whether nobody will ask for this order's result any more, so that it has to be stopped elsewhere too. A worker that
 * stops, or has lost the job to another one, leaves it running: it is waited for again.
 */
export function isGivenUp(signal: AbortSignal): boolean {
  if (!signal.aborted) return false;
  return !(signal.reason instanceof WorkerStoppingError || signal.reason instanceof LeaseLostError);
}

const farewellMs = 5_000;

/** Asks the other side to stop or delete something. It never fails, and never takes longer than five seconds. */
export async function farewell(
  wire: Wire,
  what: string,
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  try {
    await work(AbortSignal.timeout(farewellMs));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log.warn("A portrait engine did not take a farewell", { engine: wire.label, what, error: message });
  }
}
