import { toast } from "@/components/ui/toast";
import { z } from "zod";
import { shellText } from "@/components/strings/shell";
import { fetchJson, request } from "@/lib/http/fetch-json";

/** Drafts, conversations and comparisons are kept under these in the browser; they belong to whoever was signed in. */
const privatePrefixes = ["faces.chat.", "faces.draft.", "faces.compare"];

const Csrf = z.object({ csrfToken: z.string() });

/**
 * Ends the session and leaves nothing of it for the next person in this browser. A session that could not be ended is
 * said to go on: whoever walks away from a shared computer must know.
 */
export async function signOut(): Promise<void> {
  try {
    const { csrfToken } = await fetchJson("/api/auth/csrf", Csrf);
    await request("/api/auth/signout", { method: "POST", body: { csrfToken, json: "true" } });
  } catch {
    toast.error(shellText.signOutFailed, { action: { label: shellText.signOut, onClick: () => void signOut() } });
    return;
  }
  try {
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of Object.keys(storage)) {
        if (privatePrefixes.some((prefix) => key.startsWith(prefix))) storage.removeItem(key);
      }
    }
  } finally {
    // a full load, so that nothing cached stays on screen
    location.assign("/signin");
  }
}
