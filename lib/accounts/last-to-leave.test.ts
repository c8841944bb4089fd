import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { expect, test } from "vitest";
import { createNonce } from "@/lib/auth/create-nonce";
import { verifySignIn } from "@/lib/auth/verify-sign-in";
import { testDatabase } from "@/lib/db/testing";
import { deleteAccount } from "./delete-account";
import { sessionCtx, testMember, testPassword } from "./testing";

const { db } = await testDatabase();

async function signIn(wallet: ReturnType<typeof privateKeyToAccount>) {
  const nonce = await createNonce(db, wallet.address);
  const signature = await wallet.signMessage({ message: nonce.message });
  const { user, sessionId } = await verifySignIn(db, { address: wallet.address, signature, nonce: nonce.nonce }, null);
  return { user, ctx: sessionCtx(db, { accountId: user.id, sessionId, isAdmin: user.is_admin }) };
}

// no worker runs here: whoever has left is there still, waiting to be removed
test("accounts that are being removed are nobody: they keep no admin from going, and who comes next is the first", async () => {
  const wallet = privateKeyToAccount(generatePrivateKey());
  const first = await signIn(wallet);
  expect(first.user.is_admin).toBe(true);
  const member = await testMember(first.ctx);
  const confirm = wallet.address;
  await expect(deleteAccount(first.ctx, { confirm })).rejects.toMatchObject({ code: "conflict" });
  await deleteAccount(member, { password: testPassword });
  await deleteAccount(first.ctx, { confirm });
  const again = await signIn(wallet);
  expect(again.user).toMatchObject({ is_admin: true, plan: "pro" });
  expect(again.user.id).not.toBe(first.user.id);
  expect((await signIn(privateKeyToAccount(generatePrivateKey()))).user.is_admin).toBe(false);
});
