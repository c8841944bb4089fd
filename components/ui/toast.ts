import type { ExternalToast, toast as Shown } from "sonner";

/*
 * What shows toasts is loaded with the first of them: most visits of a page have none. Until it stands on the page, they
 * wait here.
 */

type Id = number | string;
type Options = Omit<ExternalToast, "id"> & { id?: Id | undefined };
type PromiseWords<Value> = {
  loading: string;
  success: (value: Value) => string;
  error: (error: unknown) => string;
};

const standing = Promise.withResolvers<typeof Shown>();
const listeners = new Set<() => void>();
let isWanted = false;
let made = 0;

function later(call: (shown: typeof Shown) => void): void {
  if (!isWanted) {
    isWanted = true;
    for (const listener of listeners) listener();
  }
  void standing.promise.then(call);
}

const withId = (options: Options | undefined): ExternalToast & { id: Id } => {
  const { id = `toast ${++made}`, ...others } = options ?? {};
  return { ...others, id };
};

function say(kind: "message" | "error" | "loading") {
  return (words: string, options?: Options): Id => {
    const full = withId(options);
    later((shown) => shown[kind](words, full));
    return full.id;
  };
}

/** A short answer to what a person just did. Each returns its id, to change it or to take it away. */
export const toast = Object.assign(say("message"), {
  error: say("error"),
  loading: say("loading"),
  promise<Value>(work: Promise<Value>, words: PromiseWords<Value>): void {
    later((shown) => void shown.promise(work, words));
  },
  dismiss(id: Id): void {
    later((shown) => void shown.dismiss(id));
  },
});

/** Whether anything was ever said: then what shows it has to stand on the page. */
export const toastsWanted = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): boolean => isWanted,
};

/** Called by what shows toasts once it stands on the page. */
export const toastsStand = (shown: typeof Shown): void => standing.resolve(shown);
