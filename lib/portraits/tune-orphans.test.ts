import { describe, expect, test, vi } from "vitest";
import { testDatabase } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { temporaryStore } from "@/lib/documents/testing";
import { log } from "@/lib/log";
import { store } from "@/lib/storage/store";
import type { PortraitEngine } from "./engine";
import { announceObject, dropObjects, forgetRemoteTunes, keepObjects, sweepObjects } from "./tune-orphans";

temporaryStore();
const { db } = await testDatabase();
vi.spyOn(log, "warn").mockReturnValue(undefined);

/** A file that was announced and written, with its preview. */
async function written(key: string): Promise<string> {
  await announceObject(db, key);
  for (const each of [key, `${key}_small`]) await store().put(each, Buffer.from("x"), { contentType: "image/png" });
  return key;
}

const keep = (key: string) => transaction(db, (tx) => keepObjects(tx, [key]));
const later = () => db.orphanedObject.updateMany({ data: { dueAt: new Date(Date.now() - 1) } });

describe("a file", () => {
  test("that nothing names an hour after it was announced is deleted with its preview, and one in use is not", async () => {
    const [lost, used] = [await written("portraits/lost"), await written("portraits/used")];
    await keep(used);
    expect(await sweepObjects(db)).toBe(0);
    await later();
    expect(await sweepObjects(db)).toBe(2);
    expect([await store().exists(lost), await store().exists(`${lost}_small`)]).toEqual([false, false]);
    expect([await store().exists(used), await store().exists(`${used}_small`)]).toEqual([true, true]);
  });

  test("that was given up or swept cannot be taken into use any more", async () => {
    const key = await written("portraits/late");
    await dropObjects(db, [key]);
    await sweepObjects(db);
    await expect(keep(key)).rejects.toMatchObject({ code: "conflict" });
  });

  test("that the store does not delete stays on the list, and the others go", async () => {
    const [stuck, other] = [await written("portraits/stuck"), await written("portraits/other")];
    await later();
    const { delete: remove } = store();
    const spy = vi.spyOn(store(), "delete").mockImplementation(async (key) => {
      if (key === stuck) throw new Error("The store is away.");
      await remove(key);
    });
    expect(await sweepObjects(db)).toBe(3);
    spy.mockRestore();
    expect(await store().exists(other)).toBe(false);
    const [left] = await db.orphanedObject.findMany();
    expect(left?.key).toBe(stuck);
    expect(left?.dueAt.getTime()).toBeGreaterThan(Date.now() + 4 * 60_000);
    await later();
    expect(await sweepObjects(db)).toBe(1);
  });
});

describe("a copy of a deleted tune", () => {
  test("is deleted at its engine, and tried again ever later where that fails", async () => {
    const forget = vi.fn<PortraitEngine["forget"]>().mockRejectedValueOnce(new Error("It is away."));
    const find = (id: string) => (id === "astria" ? ({ id, forget } as unknown as PortraitEngine) : null);
    await db.orphanedTune.createMany({
      data: ["astria", "gone"].map((engine) => ({ engine, remoteId: "7", dueAt: new Date(0) })),
    });
    expect(await forgetRemoteTunes(db, find)).toBe(0);
    const kept = await db.orphanedTune.findMany({ orderBy: { engine: "asc" } });
    expect(kept.map(({ attempts, error }) => [attempts, error])).toEqual([
      [1, "It is away."],
      [1, "The engine gone is not configured any more."],
    ]);
    expect(await forgetRemoteTunes(db, find)).toBe(0);
    await db.orphanedTune.updateMany({ data: { dueAt: new Date(0) } });
    expect(await forgetRemoteTunes(db, find)).toBe(1);
    expect(forget).toHaveBeenLastCalledWith("7", expect.any(AbortSignal));
    expect((await db.orphanedTune.findMany()).map(({ engine, attempts }) => [engine, attempts])).toEqual([["gone", 2]]);
  });
});
