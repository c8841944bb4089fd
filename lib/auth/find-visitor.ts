import { AppError } from "@/lib/errors";
import { authenticate } from "./authenticate";
import type { Actor } from "./context";

/**
 * Who looks at a page: the account of the browser's session cookie.
 *
 * @param headers of the page's request
 * @returns null: nobody who is signed in
 */
export async function findVisitor(headers: Headers): Promise<Actor | null> {
  const cookie = headers.get("cookie");
  if (cookie === null) return null;
  try {
    return await authenticate(new Request("http://page.invalid/", { headers: { cookie } }), "account");
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthorized") return null;
    throw error;
  }
}
