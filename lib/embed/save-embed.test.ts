import { expect, test } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { createFace } from "@/lib/faces/create-face";
import { CreateFaceInput } from "@/lib/faces/schemas";
import { saveEmbed } from "./save-embed";
import { SaveEmbedInput } from "./schemas";

const { db } = await testDatabase();

/** The caller, whose face somebody deletes between two looks at it. */
function losing(ctx: Ctx, faceId: string): Ctx {
  const slow = new Proxy(ctx.db, {
    get(client, name) {
      if (name !== "$transaction") return Reflect.get(client, name) as unknown;
      return async (work: never, options: never) => {
        await db.face.deleteMany({ where: { id: faceId } });
        return client.$transaction(work, options);
      };
    },
  });
  return { ...ctx, db: slow };
}

test("a face that goes meanwhile is missing, and leaves no key behind", async () => {
  const ctx = await testUser(db);
  const { id } = await createFace(ctx, CreateFaceInput.parse({ username: "alice" }));
  const saving = saveEmbed(losing(ctx, id), { face: id, ...SaveEmbedInput.parse({}) });
  await expect(saving).rejects.toMatchObject({ code: "not_found" });
  expect(await db.apiKey.count({ where: { accountId: ctx.actor.accountId } })).toBe(0);
});
