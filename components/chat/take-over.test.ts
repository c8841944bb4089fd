import { afterEach, describe, expect, it, vi } from "vitest";
import { takeOverConversations, toMessages } from "./take-over";
import { parseTurns, type Turn } from "./turns";

const answer = (content: string): Turn => ({
  role: "assistant",
  content,
  status: "writing",
  model: "builtin",
  traceId: null,
  error: null,
});
const turns: Turn[] = [{ role: "user", content: "Paper or screen?" }, answer("Paper")];

/** As much of a browser's storage as is used. */
function storageOf(entries: Record<string, string>) {
  const map = new Map(Object.entries(entries));
  const storage = {
    get length() {
      return map.size;
    },
    key: (index: number) => [...map.keys()][index] ?? null,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
    clear: () => map.clear(),
  };
  return { storage, map };
}

afterEach(() => vi.unstubAllGlobals());

describe("conversations of an older page", () => {
  it("come back as stopped where a reload cut them off, and afresh where they cannot be read", () => {
    expect(parseTurns(JSON.stringify(turns))[1]).toMatchObject({ content: "Paper", status: "stopped" });
    expect([parseTurns(null), parseTurns("{"), parseTurns('[{"role":"system"}]')]).toEqual([[], [], []]);
  });

  it("become a chain of messages, of two questions in a row the later one", () => {
    const [first, second, third, ...rest] = toMessages([
      answer("Nobody asked."),
      { role: "user", content: "Lost?" },
      ...turns,
      { role: "user", content: "Why?" },
    ]);
    expect([first?.content, second?.content, third?.content, rest]).toEqual(["Paper or screen?", "Paper", "Why?", []]);
    expect([first?.parent_id, second?.parent_id, third?.parent_id]).toEqual([null, first?.id, second?.id]);
    expect(second).toMatchObject({ status: "stopped", model: "builtin" });
  });

  it("are stored once and leave the browser; what the server refuses stays, and so does all else", async () => {
    const kept = JSON.stringify(turns);
    const { storage, map } = storageOf({
      "faces.chat.face_mine": kept,
      "faces.chat.face_theirs": kept,
      "faces.chat.face_empty": "[]",
      "faces.chat.list": "closed",
    });
    const bodies: { face: string }[] = [];
    vi.stubGlobal("fetch", async (_path: string, { body }: { body: string }) => {
      const asked = JSON.parse(body) as { face: string };
      bodies.push(asked);
      return asked.face === "face_mine" ? Response.json({ data: {} }) : Response.json({}, { status: 404 });
    });
    expect(await takeOverConversations(storage)).toBe(1);
    expect([...map.keys()].sort()).toEqual(["faces.chat.face_theirs", "faces.chat.list"]);
    expect(await takeOverConversations(storage)).toBe(0);
    expect(bodies.map(({ face }) => face)).toEqual(["face_mine", "face_theirs", "face_theirs"]);
  });
});
