import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { expect, test, vi } from "vitest";
import { createNonce } from "@/lib/auth/create-nonce";
import { createLinkNonce, linkWallet } from "@/lib/auth/link-wallet";
import { updateAccount } from "@/lib/auth/update-account";
import { RegisterInput } from "@/lib/auth/schemas";
import { verifySignIn } from "@/lib/auth/verify-sign-in";
import { testDatabase, testUser } from "@/lib/db/testing";
import { parseEnv } from "@/lib/env";
import { changeAccount } from "./change-account";
import { createInvite } from "./create-invite";
import { register } from "./register";
import { CreateInviteInput } from "./schemas";
import { sessionCtx, someCaller, testMember, testPassword } from "./testing";

const named = vi.hoisted(() => {
  // the first of Hardhat's well-known accounts
  const key = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80" as const;
  process.env["ADMIN_ADDRESSES"] = "0xF39FD6e51aad88f6f4ce6ab8827279cfffb92266, Boss@Faces.test";
  return { key, email: "boss@faces.test" };
});

const { db } = await testDatabase();
type TestWallet = ReturnType<typeof privateKeyToAccount>;

async function signIn(wallet: TestWallet) {
  const nonce = await createNonce(db, wallet.address);
  const signature = await wallet.signMessage({ message: nonce.message });
  return verifySignIn(db, { address: wallet.address, signature, nonce: nonce.nonce }, null);
}

const newWallet = () => privateKeyToAccount(generatePrivateKey());

test("who is named is admin from the first sign-in on, and with a wallet named the first account is not", async () => {
  expect((await signIn(newWallet())).user).toMatchObject({ is_admin: false, plan: "free" });
  const boss = privateKeyToAccount(named.key);
  const { user, sessionId } = await signIn(boss);
  expect(user).toMatchObject({ is_admin: true, plan: "pro" });
  // once taken away behind its back, it comes with the next sign-in
  await db.account.update({ where: { id: user.id }, data: { isAdmin: false } });
  expect((await signIn(boss)).user.is_admin).toBe(true);
  const admin = sessionCtx(db, { accountId: user.id, sessionId, isAdmin: true });
  await testUser(db, { isAdmin: true });
  await expect(changeAccount(admin, { id: user.id, is_admin: false })).rejects.toMatchObject({
    code: "conflict",
    param: "is_admin",
  });
});

test("a named e-mail address counts with an invite for one person, and nobody else takes it", async () => {
  const admin = await testUser(db, { isAdmin: true });
  const member = await testMember(admin);
  await expect(updateAccount(member, { email: named.email, current_password: testPassword })).rejects.toMatchObject({
    code: "conflict",
    param: "email",
  });
  const registering = async (uses: number, email: string) => {
    const { code } = await createInvite(admin, CreateInviteInput.parse({ max_uses: uses }));
    const input = RegisterInput.parse({ invite_code: code, email, password: testPassword });
    return (await register(db, input, someCaller())).user;
  };
  expect((await registering(2, named.email)).is_admin).toBe(false);
  await db.account.deleteMany({ where: { email: named.email } });
  expect((await registering(1, "BOSS@faces.test")).is_admin).toBe(true);
  expect((await registering(1, "boss2@faces.test")).is_admin).toBe(false);
});

test("a named wallet makes the account that links it an admin's", async () => {
  const boss = privateKeyToAccount(named.key);
  await db.wallet.deleteMany({ where: { address: boss.address } });
  const { user, sessionId } = await signIn(newWallet());
  const ctx = sessionCtx(db, { accountId: user.id, sessionId });
  const nonce = await createLinkNonce(ctx, boss.address);
  const signature = await boss.signMessage({ message: nonce.nonce });
  await linkWallet(ctx, { address: boss.address, signature, nonce: nonce.nonce });
  expect(await db.account.findUnique({ where: { id: user.id } })).toMatchObject({ isAdmin: true });
});

test("what is neither a wallet nor an e-mail address is refused at the start", () => {
  expect(() => parseEnv({ ADMIN_ADDRESSES: "0x12, a@b.test" })).toThrow(/ADMIN_ADDRESSES: /);
  expect(parseEnv({ ADMIN_ADDRESSES: " A@b.test " }).ADMIN_ADDRESSES).toEqual(["a@b.test"]);
  expect(parseEnv({}).ADMIN_ADDRESSES).toEqual([]);
});
