import { afterEach, describe, expect, test, vi } from "vitest";

async function headersAt(publicUrl: string) {
  vi.resetModules();
  vi.stubEnv("PUBLIC_URL", publicUrl);
  return import("./security-headers");
}

afterEach(() => vi.unstubAllEnvs());

describe("headers of an installation", () => {
  test("reached over TLS say that it stays so", async () => {
    const { apiHeaders, fileHeaders, pageHeaders } = await headersAt("https://faces.example");
    for (const headers of [apiHeaders(), fileHeaders(), pageHeaders("n", null)])
      expect(headers["strict-transport-security"]).toBe("max-age=31536000");
  });

  test("reached without it promise nothing", async () => {
    const { apiHeaders, fileHeaders, pageHeaders } = await headersAt("http://localhost:3000");
    for (const headers of [apiHeaders(), fileHeaders(), pageHeaders("n", null)])
      expect(headers).not.toHaveProperty("strict-transport-security");
  });

  test("let our own pages hear, for the recorder, and pages for visitors use nothing of the device", async () => {
    const { pageHeaders } = await headersAt("http://localhost:3000");
    expect(pageHeaders("n", null)["permissions-policy"]).toContain("microphone=(self)");
    expect(pageHeaders("n", [])["permissions-policy"]).toContain("microphone=()");
    for (const framers of [null, []]) expect(pageHeaders("n", framers)["permissions-policy"]).toContain("camera=()");
  });

  test("allow no script that did not come with the page", async () => {
    const { newNonce, pageHeaders } = await headersAt("http://localhost:3000");
    const policy = pageHeaders(newNonce(), null)["content-security-policy"] ?? "";
    const scripts = /script-src ([^;]+)/u.exec(policy)?.[1];
    expect(scripts).toMatch(/^'self' 'nonce-[\w+/]{24}' 'strict-dynamic'$/u);
    expect(policy).not.toContain("unsafe-eval");
    expect(policy).not.toContain("http");
  });
});
