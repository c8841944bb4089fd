import type { Db } from "@/lib/db/client";

/** What a credential may do. A signed-in person may do everything; a key only what it was given. */
export const scopes = [
  "faces:read",
  "faces:write",
  "chat",
  "billing:read",
  "billing:write",
  "keys",
  "account",
] as const;
export type Scope = (typeof scopes)[number];

/** What a new key gets unless its maker says otherwise: everything but keys, money and the account itself. */
export const defaultKeyScopes: Scope[] = ["faces:read", "faces:write", "chat", "billing:read"];

/** Who is calling. Ownership always comes from here, never from the input. */
export type Actor = {
  accountId: string;
  isAdmin: boolean;
  isFrozen: boolean;
  /** of the account, which says how much may be asked for; the installation's default where it is not known */
  plan?: string;
  scopes: readonly Scope[];
  credential:
    | { kind: "session"; sessionId: string }
    | { kind: "key"; keyId: string; allowedFaces: string[]; allowedModels: string[] };
};

/** What every domain verb gets first. */
export type Ctx = {
  actor: Actor;
  db: Db;
  requestId: string;
  /** aborted when the caller has gone */
  signal: AbortSignal;
};
