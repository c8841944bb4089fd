import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import { signInText } from "@/components/strings/sign-in";
import { ApiError } from "@/lib/http/fetch-json";
import { NotEntered } from "./enter";
import { connectProblem, messageProblem, refusalProblem, signProblem, walletCode } from "./sign-in-problem";

const signer = privateKeyToAccount(`0x${"11".repeat(32)}`);
const other = privateKeyToAccount(`0x${"22".repeat(32)}`);
const { problems } = signInText;
const refused = (reason: string | null) => new NotEntered(problems.refused.title, reason, "req_1");
const signedBy = async (address: string) => ({
  address,
  message: "hello",
  signature: await signer.signMessage({ message: "hello" }),
});

describe("sign-in problems", () => {
  it("finds the wallet's code however deep it is wrapped", () => {
    expect(walletCode({ cause: { cause: { code: 4001 } } })).toBe(4001);
    expect(walletCode(new Error("no code"))).toBeNull();
  });

  it("tells a refusal by the person from a failure of the wallet", () => {
    expect(signProblem({ code: 4001 }, "MetaMask").title).toBe("The text was not signed");
    expect(signProblem(new Error("Ledger is busy."), "MetaMask")).toEqual({
      title: "MetaMask could not sign the text",
      reason: "Ledger is busy.",
    });
    expect(connectProblem({ code: -32002 }, "Rabby").title).toBe("Rabby is already asking you");
  });

  it("tells a locked wallet and a changed network", () => {
    expect(connectProblem({ code: 4100 }, "Rabby").title).toBe("Rabby is locked, or closed to this page");
    expect(connectProblem(new Error("Wallet is locked"), "Rabby").title).toBe(
      "Rabby is locked, or closed to this page",
    );
    const mismatch = Object.assign(new Error("mismatch"), { name: "ConnectorChainMismatchError" });
    expect(signProblem({ cause: mismatch }, "Rabby").title).toBe("Rabby has changed its network meanwhile");
  });

  it("tells a server that is down from one that refuses", async () => {
    const down = new ApiError("no", { status: 0, code: "no_answer", requestId: null, param: null });
    expect(messageProblem(down).title).toBe("The server did not answer");
    const problem = await refusalProblem(new NotEntered("Too many attempts", "Wait."), await signedBy(signer.address));
    expect(problem).toMatchObject({ title: "Too many attempts", reason: "Wait." });
  });

  it("names the address that really signed", async () => {
    const problem = await refusalProblem(refused("Wrong signature."), await signedBy(other.address));
    expect(problem.title).toBe("The signature belongs to another address");
    expect(problem.reason).toContain(signer.address.slice(0, 6));
  });

  it("asks for a new text where the old one has expired", async () => {
    const problem = await refusalProblem(
      refused("This nonce is unknown, used or expired. Ask for a new one and sign that."),
      await signedBy(signer.address),
    );
    expect(problem).toMatchObject({ title: "This text can no longer be signed", needsNewText: true });
  });

  it("says what a smart-contract wallet lacks here", async () => {
    const problem = await refusalProblem(refused("… because WALLET_RPC_URL is not set."), {
      ...(await signedBy(signer.address)),
      signature: `0x${"00".repeat(200)}`,
    });
    expect(problem.title).toBe("Smart-contract wallets cannot sign in here");
  });

  it("passes on the server's reason when the signature is the right one", async () => {
    const problem = await refusalProblem(refused("This account is closed."), await signedBy(signer.address));
    expect(problem).toMatchObject({ reason: "This account is closed.", requestId: "req_1" });
  });
});
