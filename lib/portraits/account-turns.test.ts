import { expect, test } from "vitest";
import { testDatabase, testUser } from "@/lib/db/testing";
import { inAccountTurn } from "./account-turns";

const { db } = await testDatabase();

test("an account holds images of three requests at once, and waits for nobody else's", async () => {
  const [ann, ben] = [await testUser(db), await testUser(db)];
  let running = 0;
  let most = 0;
  const open = Promise.withResolvers<undefined>();
  const work = async () => {
    most = Math.max(most, ++running);
    await open.promise;
    running--;
  };
  const all = Array.from({ length: 7 }, () => inAccountTurn(ann, work));
  expect(await inAccountTurn(ben, async () => running)).toBe(3);
  open.resolve(undefined);
  await Promise.all(all);
  expect(most).toBe(3);
  await expect(inAccountTurn(ann, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await inAccountTurn(ann, async () => "again")).toBe("again");
  const gone = { ...ann, signal: AbortSignal.abort(new Error("gone")) };
  await expect(inAccountTurn(gone, async () => "never")).rejects.toThrow("gone");
});
