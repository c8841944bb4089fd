import { expect, test } from "vitest";
import { createInvite } from "@/lib/accounts/create-invite";
import { CreateInviteInput } from "@/lib/accounts/schemas";
import { testMember, testPassword } from "@/lib/accounts/testing";
import { testDatabase, testUser } from "@/lib/db/testing";
import { newId } from "@/lib/ids";
import { requireSession } from "./authenticate";
import { nextAuthOptions } from "./next-auth";

const { db } = await testDatabase();
const admin = await testUser(db, { isAdmin: true });

type Authorize = (credentials: unknown, request: object) => Promise<{ sessionId: string } | null>;

/** Asks a provider as next-auth does, which keeps what it was made of in `options`. */
function authorize(id: string, credentials: Record<string, string>) {
  const provider = nextAuthOptions().providers.find(
    ({ options }) => (options as { id?: string } | undefined)?.id === id,
  );
  const { authorize: ask } = provider?.options as unknown as { authorize: Authorize };
  return ask(credentials, { headers: { "user-agent": "a browser", "x-forwarded-for": newId("request") } });
}

test("the browser signs in by password, and hears why not", async () => {
  const { email } = await testMember(admin);
  const user = await authorize("password", { email: email.toUpperCase(), password: testPassword });
  expect((await requireSession(user?.sessionId ?? "")).credential.kind).toBe("session");
  expect(await db.session.findUnique({ where: { id: user?.sessionId ?? "" } })).toMatchObject({
    method: "password",
    userAgent: "a browser",
  });
  await expect(authorize("password", { email, password: "not this one" })).rejects.toThrow("not right");
  expect(await authorize("password", { email: "nobody", password: "x" })).toBeNull();
});

test("the browser registers by an invite, with an empty name as none, and hears which field is wrong", async () => {
  const { code } = await createInvite(admin, CreateInviteInput.parse({}));
  const fields = { invite_code: code, email: `${newId("account")}@faces.test`, password: testPassword, name: "" };
  await expect(authorize("invite", { ...fields, password: "short" })).rejects.toThrow("password must be at least 10");
  await expect(authorize("invite", { ...fields, invite_code: "faces-none" })).rejects.toThrow(
    "unknown, used up or expired",
  );
  const user = await authorize("invite", fields);
  expect((await requireSession(user?.sessionId ?? "")).accountId).toMatch(/^acc_/);
});
