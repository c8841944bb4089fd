import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newAnswer, newQuestion } from "./chat-message";
import { dropUnstored, storeAgain, storeMessages, storeOnLeave, unstored, unstoredIds } from "./conversation-writer";
import { deleteLater, deleteOnLeave, isLeaving } from "./leaving-conversations";
import { liveAnswer, stopAnswer, writeAnswer } from "./live-answers";

type Sent = { path: string; options: RequestInit; body: { id: string; messages: { id: string; content: string }[] } };
const sent: Sent[] = [];
let answerTo: (request: Sent) => Promise<Response> | Response = () => Response.json({});

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("document", { hidden: true });
  vi.stubGlobal("fetch", async (path: string, options: RequestInit) => {
    const request = { path, options, body: JSON.parse(String(options.body ?? "{}")) as Sent["body"] };
    sent.push(request);
    return answerTo(request);
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** As the server answers: the conversation with what was sent. */
function kept({ body }: Sent): Response {
  const at = "2026-11-21T09:00:00.000Z";
  const face = { id: "face_1", username: "alice", name: null };
  const view = { id: body.id, face, title: "T", is_named: false, model: null, leaf_id: null, message_count: 1 };
  const messages = body.messages.map((message) => ({ ...message, error: null, cost_usd: null, created_at: at }));
  return Response.json({ data: { ...view, snippet: null, created_at: at, updated_at: at, messages } });
}

const target = (id: string) => ({ id, face: "face_1", model: null });

describe("what is said", () => {
  it("is stored one write at a time, what comes meanwhile with the next", async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    answerTo = async (request) => {
      if (sent.length === 1) await held;
      return kept(request);
    };
    const [first, second] = [newQuestion("One?", null), newQuestion("Two?", null)];
    const writing = storeMessages(target("cnv_1"), [first], first.id);
    expect(await storeMessages(target("cnv_1"), [second], second.id)).toBeNull();
    letGo();
    expect((await writing)?.messages.map(({ content }) => content)).toEqual(["Two?"]);
    expect(sent.map(({ body }) => body.messages.map(({ content }) => content))).toEqual([["One?"], ["Two?"]]);
    expect(unstored("cnv_1")).toEqual([]);
  });

  it("stays when it is refused, and goes along with what is said next", async () => {
    answerTo = () => Response.json({ detail: "No." }, { status: 422 });
    const [first, second] = [newQuestion("One?", null), newQuestion("Two?", null)];
    await expect(storeMessages(target("cnv_2"), [first], first.id)).rejects.toThrow("No.");
    expect(unstored("cnv_2")).toEqual([first]);
    answerTo = kept;
    await storeMessages(target("cnv_2"), [second], second.id);
    expect(sent.at(-1)?.body.messages.map(({ content }) => content)).toEqual(["One?", "Two?"]);
  });

  it("goes out when the page goes, as far as it had come", async () => {
    answerTo = () => Response.json({ detail: "No." }, { status: 422 });
    const question = newQuestion("One?", null);
    await expect(storeMessages(target("cnv_3"), [question], question.id)).rejects.toThrow();
    answerTo = kept;
    storeOnLeave();
    expect(sent.at(-1)).toMatchObject({ options: { keepalive: true }, body: { id: "cnv_3", leaf_id: question.id } });
  });
});

describe("what is said in a conversation that is being deleted", () => {
  it("is not stored, also when a write was about to be tried again", async () => {
    vi.useFakeTimers();
    answerTo = () => Response.json({ detail: "Later." }, { status: 503 });
    const question = newQuestion("One?", null);
    const writing = storeMessages(target("cnv_4"), [question], question.id);
    await vi.advanceTimersByTimeAsync(0);
    expect(unstoredIds()).toContain("cnv_4");
    dropUnstored("cnv_4");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await writing).toBeNull();
    expect(await storeMessages(target("cnv_4"), [question], question.id)).toBeNull();
    expect(sent).toHaveLength(1);
  });

  it("is stored again where the deletion failed", async () => {
    const question = newQuestion("One?", null);
    dropUnstored("cnv_5");
    storeAgain("cnv_5");
    answerTo = kept;
    expect(await storeMessages(target("cnv_5"), [question], question.id)).not.toBeNull();
  });
});

describe("an answer under way", () => {
  const stream = (pieces: string[], end: "done" | "hang") =>
    new Response(
      new ReadableStream({
        start(controller) {
          const send = (text: string) => controller.enqueue(new TextEncoder().encode(`data: ${text}\n\n`));
          for (const content of pieces) send(JSON.stringify({ choices: [{ delta: { content } }] }));
          if (end === "done") send("[DONE]");
          if (end === "done") controller.close();
        },
      }),
      { headers: { "x-faces-model": "gpt-4o-mini", "x-faces-trace-id": "trc_1" } },
    );

  it("is written to its end, with who wrote it and its trace", async () => {
    answerTo = () => stream(["Tea", ", yes."], "done");
    const ended = await writeAnswer({ key: "k1", answer: newAnswer("msg_q"), model: "alice", messages: [] });
    expect(ended).toMatchObject({ content: "Tea, yes.", status: "done", model: "gpt-4o-mini", trace_id: "trc_1" });
    expect(liveAnswer("k1")).toBe(ended);
  });

  it("tells why it failed, with the request id", async () => {
    const body = { detail: "No credit.", error: { code: "insufficient_credits" }, request_id: "req_1" };
    answerTo = () => Response.json(body, { status: 402 });
    const ended = await writeAnswer({ key: "k2", answer: newAnswer("msg_q"), model: "alice", messages: [] });
    const error = { message: "No credit.", code: "insufficient_credits", request_id: "req_1" };
    expect(ended).toMatchObject({ status: "failed", content: "", error });
  });

  it("keeps what had come when it is stopped", async () => {
    answerTo = ({ options }) => {
      const response = stream(["Tea"], "hang");
      const { signal } = options;
      const body = response.body?.pipeThrough(new TransformStream(), signal ? { signal } : {});
      return new Response(body ?? null, { headers: response.headers });
    };
    const writing = writeAnswer({ key: "k3", answer: newAnswer("msg_q"), model: "alice", messages: [] });
    await expect.poll(() => liveAnswer("k3")?.content).toBe("Tea");
    stopAnswer("k3");
    expect(await writing).toMatchObject({ content: "Tea", status: "stopped" });
  });
});

describe("a deleted conversation", () => {
  it("is hidden at once, deleted when the time for second thoughts is over, and back when it is taken back", async () => {
    vi.useFakeTimers();
    const remove = vi.fn(async () => undefined);
    const undo = deleteLater("cnv_a", remove);
    expect(isLeaving("cnv_a")).toBe(true);
    undo();
    deleteLater("cnv_b", remove);
    await vi.advanceTimersByTimeAsync(7_000);
    expect([isLeaving("cnv_a"), isLeaving("cnv_b"), remove.mock.calls.length]).toEqual([false, false, 1]);
  });

  it("is deleted with the page when that goes", () => {
    deleteLater("cnv_c", async () => undefined);
    deleteOnLeave();
    expect(sent.at(-1)).toMatchObject({
      path: "/v1/conversations/cnv_c",
      options: { method: "DELETE", keepalive: true },
    });
  });
});
