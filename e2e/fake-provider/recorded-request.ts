import type { IncomingHttpHeaders } from "node:http";

import type { Fault } from "./faults";

/** What the server saw of one request, and what became of it. Times are epoch milliseconds. */
export type RecordedRequest = {
  /** `req_1`, `req_2`, … in order of arrival; also the reply's request id. */
  id: string;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed JSON; the fields of a multipart form (files as `UploadedFile`); `null` when empty or not JSON. */
  body: unknown;
  rawBody: Buffer;
  faults: Fault[];
  receivedAt: number;
  headersSentAt: number | null;
  status: number | null;
  /** Stream events (or body pieces) handed to the socket. */
  piecesSent: number;
  /** A `cut` fault has destroyed the socket, so what follows is not the client's doing. */
  cutByServer: boolean;
  /** The client went before the reply was complete. */
  aborted: boolean;
  abortedAt: number | null;
  endedAt: number | null;
  /** Resolves when the connection is done with this request, either way. */
  done: Promise<void>;
};
