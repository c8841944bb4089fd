import { Api } from "./api";
import { expect, test } from "./fixtures";
import { furnish } from "./furnish";
import { pagesOf } from "./pages";
import { watchPages } from "./watch-page";
import { signIn } from "./sign-in";

/*
 * The policy is set by the server that stands before Next, so these need the built product: `next dev` has none of it.
 */

/** The directives of a policy by their names. */
function directivesOf(policy: string | undefined): Map<string, string> {
  return new Map(
    (policy ?? "").split(";").map((directive) => {
      const [name = "", ...sources] = directive.trim().split(/\s+/u);
      return [name, sources.join(" ")];
    }),
  );
}

test("every page runs by the nonce of its own answer, and breaks nothing of it", async ({
  page,
  context,
  keyless,
  wallet,
}) => {
  test.setTimeout(300_000);
  const watched = await watchPages(context);
  const { api } = await Api.withNewKey(keyless.url, wallet);
  const furnished = await furnish(api);
  const pages = pagesOf(furnished);
  const nonces = new Set<string>();

  for (const isSignedOut of [true, false]) {
    if (!isSignedOut) await signIn(page, keyless.url, wallet);
    for (const { name, path, ready } of pages.filter((each) => (each.isSignedOut ?? false) === isSignedOut)) {
      await test.step(name, async () => {
        const answer = await page.goto(keyless.url + path);
        const headers = answer?.headers() ?? {};
        const policy = directivesOf(headers["content-security-policy"]);
        const [, nonce = ""] =
          /^'self' 'nonce-([\w+/=]{20,})' 'strict-dynamic'$/u.exec(policy.get("script-src") ?? "") ?? [];
        expect(nonce).not.toBe("");
        expect(nonces.has(nonce)).toBe(false);
        nonces.add(nonce);
        expect(Object.fromEntries(policy)).toMatchObject({
          "default-src": "'self'",
          "object-src": "'none'",
          "base-uri": "'none'",
          "form-action": "'self'",
          "connect-src": "'self'",
          "frame-ancestors": path.startsWith("/embed/") ? "'self'" : "'none'",
        });
        expect(headers["x-content-type-options"]).toBe("nosniff");
        expect(headers["permissions-policy"]).toContain("microphone=");
        expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
        await expect(page.getByText(ready).first()).toBeVisible();
        // it is alive: React has taken the page over
        await page.waitForFunction(() =>
          Object.keys(document.body)
            .concat(Object.keys(document))
            .some((key) => key.startsWith("__react")),
        );
      });
    }
  }

  await test.step("a streamed answer with markdown", async () => {
    await page.goto(`${keyless.url}/faces/${furnished.face}/chat`);
    await page.getByLabel("Message to Joost Vermeulen").fill("Do you think people are kind?");
    await page.keyboard.press("Enter");
    await expect(page.getByText(/people are kinder/u).first()).toBeVisible();
  });

  expect(watched).toEqual({ violations: [], errors: [], ran: [] });
});

test("the policy stops what it is there for", async ({ page, keyless }) => {
  const answer = await page.goto(`${keyless.url}/signin`);
  expect(answer?.status()).toBe(200);
  const stopped = await page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => seen.push(violatedDirective));
    const holder = document.createElement("div");
    document.body.append(holder);
    holder.innerHTML = `<img src="data:image/png,x" onerror="document.title='ran'">`;
    // by the parser's way, as injected HTML would be: what a script of ours makes is ours
    holder.insertAdjacentHTML(
      "beforeend",
      `<iframe srcdoc="<script>parent.document.title='ran'</scr` + `ipt>"></iframe>`,
    );
    holder.insertAdjacentHTML("beforeend", `<a id="js" href="javascript:document.title='ran'">x</a>`);
    (document.getElementById("js") as HTMLAnchorElement).click();
    const other = await fetch("https://example.com/").then(
      () => "reached",
      () => "refused",
    );
    await new Promise((done) => setTimeout(done, 500));
    return { seen: [...new Set(seen)].toSorted(), other, title: document.title };
  });
  expect(stopped.title).not.toBe("ran");
  expect(stopped.other).toBe("refused");
  expect(stopped.seen.some((directive) => directive.startsWith("script-src"))).toBe(true);
  expect(stopped.seen).toContain("connect-src");
});

test("answers to programs run nothing, whatever a browser makes of them", async ({ keyless }) => {
  for (const path of ["/v1/models", "/v1/nothing", "/api/health", "/auth/nonce/x"]) {
    const { headers } = await fetch(keyless.url + path);
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
  }
});
