/** Drafts and conversations are kept under these in the browser; they belong to whoever was signed in. */
const privatePrefixes = ["faces.chat.", "faces.draft."];

/** Ends the session and leaves nothing of it for the next person in this browser. */
export async function signOut(): Promise<void> {
  const { signOut: endSession } = await import("next-auth/react");
  await endSession({ redirect: false });
  try {
    for (const key of Object.keys(localStorage)) {
      if (privatePrefixes.some((prefix) => key.startsWith(prefix))) localStorage.removeItem(key);
    }
  } finally {
    // a full load, so that nothing cached stays on screen
    location.assign("/signin");
  }
}
