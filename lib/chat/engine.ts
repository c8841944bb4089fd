import type { TokenUsage } from "@/lib/billing/prices";
import type { FaceRow } from "@/lib/faces/require-face";
import type { ServedModel } from "@/lib/models/catalogue";
import type { Retrieved } from "@/lib/retrieve/retrieve";
import type { ChatMessage, ChatRequest } from "./schemas";

/** A call as an engine gets it. */
export type EngineCall = {
  model: ServedModel;
  request: ChatRequest;
  /** the client's own messages with their templates expanded, without what Faces put ahead of them */
  said: readonly ChatMessage[];
  /** who speaks and what was found; the built-in engine answers from this alone */
  face: FaceRow | null;
  /** what was put ahead of the client's own system messages; in `request` it stands there already */
  persona: string | null;
  /** the beginning of `persona` that is the same in every conversation with the face, for prompt caches; "" for none */
  lastingPersona: () => string;
  retrieved: Retrieved | null;
  /** id of the answer, where the engine makes one up */
  answerId: string;
  /** aborted when the caller has gone or the time is up */
  signal: AbortSignal;
};

/** A whole answer, as its bytes go to the client. */
export type PlainAnswer = {
  body: Uint8Array;
  /** what was generated, to be counted when the provider does not say */
  text: string;
  /** null when the provider did not say, or said what cannot be */
  usage: TokenUsage | null;
};

/** A piece of a streamed answer: bytes for the client (none when it did not ask for them) and what they mean. */
export type Piece = {
  bytes: Uint8Array | null;
  /** what was generated; reading it may cost something, and it is only read to be counted */
  text: string;
  /** the same by index of the choice, where a request may have asked for several */
  choices?: readonly string[];
  usage?: TokenUsage;
  /** the mark at which clients stop reading: all is known by then, and all is settled before it is sent */
  isEnd?: boolean;
};

/** Something that answers. Both throw before the answer begins; the stream may throw in its middle too. */
export type Engine = {
  plain(call: EngineCall): Promise<PlainAnswer>;
  stream(call: EngineCall): Promise<AsyncIterable<Piece>>;
};
