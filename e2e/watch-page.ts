import type { BrowserContext, Page } from "@playwright/test";

/** What went wrong in a browser's pages: broken policies, errors that nobody caught, payloads that ran. */
export type Watched = {
  violations: string[];
  errors: string[];
  /** what a payload said when it ran */
  ran: string[];
};

/**
 * Watches all pages of a context, also their frames: `fired(…)` is what the payloads of the corpus would call.
 */
export async function watchPages(context: BrowserContext): Promise<Watched> {
  const watched: Watched = { violations: [], errors: [], ran: [] };
  await context.exposeFunction("reportViolation", (text: string) => void watched.violations.push(text));
  await context.exposeFunction("fired", (text: unknown) => void watched.ran.push(String(text)));
  await context.addInitScript(() => {
    const { reportViolation } = window as unknown as { reportViolation: (text: string) => void };
    document.addEventListener("securitypolicyviolation", (event) => {
      reportViolation(
        [location.pathname, event.violatedDirective, event.blockedURI, event.sourceFile, event.sample].join(" "),
      );
    });
  });
  const watch = (page: Page) => {
    page.on("pageerror", (error) => watched.errors.push(`${page.url()} ${error.message}`));
    page.on("dialog", (dialog) => {
      watched.ran.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
  };
  context.pages().forEach(watch);
  context.on("page", watch);
  return watched;
}
