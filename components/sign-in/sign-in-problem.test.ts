import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import { connectProblem, refusalProblem, signProblem, walletCode } from "./sign-in-problem";

const signer = privateKeyToAccount(`0x${"11".repeat(32)}`);
const other = privateKeyToAccount(`0x${"22".repeat(32)}`);

describe("sign-in problems", () => {
  it("finds the wallet's code however deep it is wrapped", () => {
    expect(walletCode({ cause: { cause: { code: 4001 } } })).toBe(4001);
    expect(walletCode(new Error("no code"))).toBeNull();
  });

  it("tells a refusal by the person from a failure of the wallet", () => {
    expect(signProblem({ code: 4001 }, "MetaMask").title).toBe("The text was not signed");
    expect(signProblem(new Error("Ledger locked."), "MetaMask")).toEqual({
      title: "MetaMask could not sign the text",
      reason: "Ledger locked.",
    });
    expect(connectProblem({ code: -32002 }, "Rabby").title).toBe("Rabby is already asking you");
  });

  it("names the address that really signed", async () => {
    const signature = await signer.signMessage({ message: "hello" });
    const problem = await refusalProblem({
      address: other.address,
      signature,
      message: "hello",
      reason: "Wrong signature.",
    });
    expect(problem.title).toBe("The signature belongs to another address");
    expect(problem.reason).toContain(signer.address.slice(0, 6));
  });

  it("passes on the server's reason when the signature is the right one", async () => {
    const signature = await signer.signMessage({ message: "hello" });
    const problem = await refusalProblem({
      address: signer.address,
      signature,
      message: "hello",
      reason: "This text has expired.",
    });
    expect(problem.reason).toBe("This text has expired.");
  });
});
