import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing";
import { createNonce } from "./create-nonce";
import type { NonceView } from "./schemas";
import { verifySignIn } from "./verify-sign-in";

const { db } = await testDatabase();
const wallet = privateKeyToAccount(generatePrivateKey());
const other = privateKeyToAccount(generatePrivateKey());

type Mutation = (view: NonceView) => string;
const inMessage =
  (from: RegExp | string, to: string): Mutation =>
  ({ message }) =>
    message.replace(from, to);
const inLine =
  (from: RegExp | string, to: string): Mutation =>
  ({ nonce }) =>
    nonce.replace(from, to);

/** What somebody might get signed in place of what was given out. */
const mutations: Record<string, Mutation> = {
  "another domain": inMessage(/^\S+/, "evil.test"),
  "a subdomain": inMessage(/^/, "www."),
  "a domain with another port": inMessage(/^\S+/, "faces.test:1"),
  "a domain in capitals": inMessage(/^\w+/, "FACES"),
  "a domain with a scheme": inMessage(/^/, "https://"),
  "a domain with a letter of another script": inMessage(/^f/, "ғ"),
  "another address": inMessage(wallet.address, other.address),
  "the address in small letters": ({ message }) => message.replace(wallet.address, wallet.address.toLowerCase()),
  "no address": inMessage(`${wallet.address}\n`, ""),
  "another statement": inMessage("costs nothing", "costs something"),
  "no statement": inMessage(/Sign in to Faces\. .*\n\n/, ""),
  "the statement of linking": inMessage("Sign in to Faces.", "Link this wallet to the account acc_1 of Faces."),
  "another URI": inMessage(/URI: \S+/, "URI: https://evil.test"),
  "another scheme": inMessage("URI: http:", "URI: https:"),
  "a path in the URI": inMessage(/(URI: \S+)/, "$1/login"),
  "another version": inMessage("Version: 1", "Version: 2"),
  "another chain": inMessage("Chain ID: 1", "Chain ID: 137"),
  "another nonce": inMessage(/Nonce: \w+/, `Nonce: ${"0".repeat(32)}`),
  "a nonce with one digit changed": inMessage(/Nonce: ./, "Nonce: g"),
  "a nonce in capitals": ({ message }) => message.replace(/Nonce: (\w+)/, (all) => all.toUpperCase()),
  "a nonce cut short": inMessage(/(Nonce: \w{31})\w/, "$1"),
  "a nonce with a digit more": inMessage(/(Nonce: \w{32})/, "$10"),
  "no nonce": inMessage(/Nonce: \w+\n/, ""),
  "two nonces": inMessage(/(Nonce: \w+\n)/, "$1$1"),
  "a later issue": inMessage(/Issued At: \d{4}/, "Issued At: 2999"),
  "no issue": inMessage(/Issued At: \S+\n/, ""),
  "a later end": inMessage(/Expiration Time: \d{4}/, "Expiration Time: 2999"),
  "no end": inMessage(/\nExpiration Time: \S+/, ""),
  "a beginning": inMessage(/$/, "\nNot Before: 2020-01-01T00:00:00.000Z"),
  "a request id": inMessage(/$/, "\nRequest ID: 1"),
  resources: inMessage(/$/, "\nResources:\n- https://evil.test"),
  "lines in another order": inMessage(/(Version: 1)\n(Chain ID: 1)/, "$2\n$1"),
  "line ends of Windows": inMessage(/\n/g, "\r\n"),
  "a blank at the end": inMessage(/$/, " "),
  "a line at the end": inMessage(/$/, "\n"),
  "a blank at the beginning": inMessage(/^/, " "),
  "a byte order mark": inMessage(/^/, "\uFEFF"),
  nothing: () => "",
  "the nonce alone": ({ nonce }) => /\w{32}$/.exec(nonce)?.[0] ?? "",
  "the message's hash": ({ message }) => Buffer.from(message).toString("hex"),
  "a line for another host": inLine(/at \S+ with/, "at evil.test with"),
  "a line with another code": inLine(/\w{32}$/, "0".repeat(32)),
  "a line with more behind": inLine(/$/, " and pay 1 ETH"),
  "a line for another product": inLine("Faces", "Places"),
  "a line for linking": inLine("Sign in to Faces", "Link this wallet to the account acc_1 of Faces"),
};

describe("a sign-in message", () => {
  let first: NonceView;
  beforeAll(async () => {
    first = await createNonce(db, wallet.address);
  });

  test("has at least forty mutations here", () => {
    expect(Object.keys(mutations).length).toBeGreaterThanOrEqual(40);
  });

  test.each(Object.entries(mutations))("is refused when %s was signed", async (_name, mutate) => {
    const text = mutate(first);
    expect([first.message, first.nonce]).not.toContain(text);
    const signature = await wallet.signMessage({ message: text });
    const input = { address: wallet.address, signature, nonce: first.nonce };
    await expect(verifySignIn(db, input, null)).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("is still good after all of them, once", async () => {
    const signature = await wallet.signMessage({ message: first.message });
    const input = { address: wallet.address, signature, nonce: first.nonce };
    await expect(verifySignIn(db, input, null)).resolves.toMatchObject({ user: { wallets: [wallet.address] } });
    await expect(verifySignIn(db, input, null)).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("that was signed by another wallet, or is sent with another address or nonce, is refused", async () => {
    const [mine, theirs] = [await createNonce(db, wallet.address), await createNonce(db, other.address)];
    const signature = await wallet.signMessage({ message: mine.message });
    // the other of the two keys that the numbers may belong to; 0 and 27 would be two ways to write the same one
    const flipped = signature.slice(0, -2) + (signature.endsWith("1b") ? "1c" : "1b");
    const forged = await other.signMessage({ message: mine.message });
    for (const input of [
      { address: wallet.address, signature: forged, nonce: mine.nonce },
      { address: other.address, signature, nonce: mine.nonce },
      { address: other.address, signature, nonce: theirs.nonce },
      { address: wallet.address, signature, nonce: theirs.nonce },
      { address: wallet.address, signature: flipped, nonce: mine.nonce },
      { address: wallet.address, signature: `0x${"00".repeat(65)}`, nonce: mine.nonce },
    ]) {
      await expect(verifySignIn(db, input, null)).rejects.toMatchObject({ code: "unauthorized" });
    }
  });

  test("that has run out is refused", async () => {
    const old = await createNonce(db, wallet.address, { kind: "sign-in" }, new Date(Date.now() - 11 * 60_000));
    const signature = await wallet.signMessage({ message: old.message });
    const input = { address: wallet.address, signature, nonce: old.nonce };
    await expect(verifySignIn(db, input, null)).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("lets one of a hundred racing requests in", async () => {
    const nonce = await createNonce(db, wallet.address);
    const signature = await wallet.signMessage({ message: nonce.nonce });
    const input = { address: wallet.address, signature, nonce: nonce.nonce };
    const before = await db.session.count();
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => verifySignIn(db, input, null)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.session.count()).toBe(before + 1);
    const reasons = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason as { code: string }] : [],
    );
    expect(new Set(reasons.map(({ code }) => code))).toEqual(new Set(["unauthorized"]));
  }, 30_000);
});
