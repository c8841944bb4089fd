import { errorOf, type ChatMessage } from "./chat-message";
import { streamAnswer, type StreamInput } from "./stream-answer";

/** Answers that are being written in this tab, each by what asked for it. They outlive the page that shows them. */
const running = new Map<string, Running>();

/** `outline` is the answer as it was when anything but its words last changed. */
type Running = { answer: ChatMessage; outline: ChatMessage; controller: AbortController };
const listeners = new Set<() => void>();

/** Ten times a second is as smooth as one reads, and leaves the rest of the time for everything else. */
const publishMs = 80;

export const liveAnswer = (key: string): ChatMessage | null => running.get(key)?.answer ?? null;
/** The same for those who need not hear of every word. */
export const liveOutline = (key: string): ChatMessage | null => running.get(key)?.outline ?? null;
export const liveKeys = (): string[] =>
  [...running].flatMap(([key, { answer }]) => (answer.status === "writing" ? [key] : []));

export function subscribeToLive(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

type LiveInput = Omit<StreamInput, "signal"> & {
  /** what has at most one answer under way: a conversation, or a side of a comparison */
  key: string;
  answer: ChatMessage;
};

/** Writes one answer to its end, and shows it on the way. @returns it as it ended: done, stopped or failed */
export async function writeAnswer({ key, answer, ...asked }: LiveInput): Promise<ChatMessage> {
  running.get(key)?.controller.abort();
  const controller = new AbortController();
  running.set(key, { answer, outline: answer, controller });
  publish();
  const page = batched((changed) => show(key, controller, changed));
  let now = answer;
  try {
    for await (const part of streamAnswer({ ...asked, signal: controller.signal })) {
      if (part.type === "start") now = { ...now, model: part.model, trace_id: part.traceId };
      else now = { ...now, content: now.content + part.text };
      page.show(now);
    }
    now = { ...now, status: "done" };
  } catch (error) {
    if (controller.signal.aborted) now = { ...now, status: "stopped" };
    else now = { ...now, status: "failed", error: errorOf(error) };
  }
  page.stop();
  show(key, controller, now);
  setTimeout(() => forget(key, controller), heldMs);
  return now;
}

function show(key: string, controller: AbortController, answer: ChatMessage): void {
  const mine = running.get(key);
  if (mine?.controller !== controller) return;
  const { status, trace_id: traceId } = mine.outline;
  mine.answer = answer;
  if (answer.status !== status || answer.trace_id !== traceId) mine.outline = answer;
  publish();
}

/** An ended answer stays here until whoever asked for it shows it from where it is kept: nothing flickers. */
const heldMs = 500;

function forget(key: string, controller: AbortController): void {
  if (running.get(key)?.controller !== controller) return;
  running.delete(key);
  publish();
}

export function stopAnswer(key: string): void {
  running.get(key)?.controller.abort();
}

function publish(): void {
  for (const listener of listeners) listener();
}

/** Shows the newest of what comes fast, at the next frame after a short while; a hidden page has no frames. */
function batched(show: (answer: ChatMessage) => void) {
  let latest: ChatMessage | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let shownAt = 0;
  const flush = () => {
    timer = null;
    shownAt = performance.now();
    if (latest !== null) show(latest);
  };
  const atFrame = () => (document.hidden ? flush() : requestAnimationFrame(flush));
  return {
    show(answer: ChatMessage) {
      latest = answer;
      timer ??= setTimeout(atFrame, Math.max(0, publishMs - (performance.now() - shownAt)));
    },
    stop() {
      latest = null;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
