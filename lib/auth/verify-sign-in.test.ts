import { privateKeyToAccount, generatePrivateKey } from "viem/accounts";
import { describe, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing";
import { createNonce } from "./create-nonce";
import { verifySignIn } from "./verify-sign-in";

const { db } = await testDatabase();

async function signed(what: "nonce" | "message") {
  const wallet = privateKeyToAccount(generatePrivateKey());
  const nonce = await createNonce(db, wallet.address);
  const signature = await wallet.signMessage({ message: nonce[what] });
  return { address: wallet.address, signature, nonce: nonce.nonce };
}

describe("verifySignIn", () => {
  test("makes exactly one admin when twenty strangers arrive at once", async () => {
    const inputs = await Promise.all(Array.from({ length: 20 }, () => signed("nonce")));
    const signIns = await Promise.all(inputs.map((input) => verifySignIn(db, input, null)));
    expect(signIns.filter(({ user }) => user.is_admin)).toHaveLength(1);
    expect(signIns.filter(({ user }) => user.plan === "pro")).toHaveLength(1);
  });

  test.each(["nonce", "message"] as const)(
    "takes a signature over the %s, and knows the wallet again",
    async (what) => {
      const first = await signed(what);
      const { user } = await verifySignIn(db, first, "test");
      expect(user.wallets).toEqual([first.address]);
    },
  );

  test("refuses another wallet's signature and keeps the nonce for its owner", async () => {
    const owner = await signed("nonce");
    const thief = await signed("nonce");
    await expect(verifySignIn(db, { ...owner, signature: thief.signature }, null)).rejects.toMatchObject({
      code: "unauthorized",
    });
    await expect(verifySignIn(db, owner, null)).resolves.toMatchObject({ user: { wallets: [owner.address] } });
  });

  test("tells a contract wallet that it cannot be checked here", async () => {
    const { address, nonce } = await signed("nonce");
    const signature = `0x${"ab".repeat(200)}`;
    await expect(verifySignIn(db, { address, nonce, signature }, null)).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  test("keeps earlier nonces of an address valid when another is asked for", async () => {
    const input = await signed("nonce");
    await createNonce(db, input.address);
    await expect(verifySignIn(db, input, null)).resolves.toBeDefined();
  });
});
