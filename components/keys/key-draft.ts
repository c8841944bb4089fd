import { keysText } from "@/components/strings/keys";
import { CreateKeyInput, defaultKeyScopes, type KeyView, type Scope, scopes } from "@/lib/keys/schemas";
import type { KeyBody } from "./use-keys";

/** A key as it is being written: amounts and hosts as they are typed. */
export type KeyDraft = {
  name: string;
  budget: string;
  /** days, "" for never, `keep` for the end it has, `own` for a number of days of one's own */
  ends: string;
  ownDays: string;
  scopes: Scope[];
  /** null: every one */
  faces: string[] | null;
  models: string[] | null;
  hosts: string;
};

export const emptyDraft: KeyDraft = {
  name: "",
  budget: "",
  ends: "",
  ownDays: "",
  scopes: [...defaultKeyScopes],
  faces: null,
  models: null,
  hosts: "",
};

/** A key's settings, to be changed. */
export function draftOf(key: KeyView): KeyDraft {
  return {
    name: key.name,
    budget: key.budget_usd === null ? "" : String(key.budget_usd),
    ends: key.expires_at === null ? "" : "keep",
    ownDays: "",
    scopes: scopes.filter((scope) => key.scopes.includes(scope)),
    faces: key.allowed_faces.length === 0 ? null : key.allowed_faces,
    models: key.allowed_models.length === 0 ? null : key.allowed_models,
    hosts: key.allowlist.join("\n"),
  };
}

export type KeyProblems = Partial<
  Record<"name" | "budget" | "ownDays" | "scopes" | "faces" | "models" | "hosts", string>
>;

const fields = CreateKeyInput.shape;
const maxHosts = 100;

/** What the server would refuse, by the schema that it reads with. An empty name is no fault yet, but cannot be sent. */
export function problemsOf(draft: KeyDraft): KeyProblems {
  const problems: KeyProblems = {};
  const name = draft.name.trim();
  if (name !== "" && !fields.name.safeParse(name).success) {
    problems.name = name.length > 100 ? keysText.nameLong : keysText.nameHoldsKey;
  }
  if (!fields.budget_usd.safeParse(budgetOf(draft)).success) problems.budget = keysText.budgetWrong;
  if (draft.ends === "own" && !isDays(draft.ownDays)) problems.ownDays = keysText.endsOwnWrong;
  if (draft.scopes.length === 0) problems.scopes = keysText.mayWrong;
  if (draft.faces?.length === 0) problems.faces = keysText.pickSome;
  if (draft.models?.length === 0) problems.models = keysText.pickSome;
  const hosts = hostsOf(draft);
  const wrong = hosts.find((host) => !fields.allowlist.safeParse([host]).success);
  if (wrong !== undefined) problems.hosts = keysText.hostWrong(wrong);
  else if (hosts.length > maxHosts) problems.hosts = keysText.hostsMany;
  return problems;
}

const isDays = (text: string): boolean =>
  /^\d{1,4}$/u.test(text.trim()) && fields.expires_in_days.safeParse(Number(text)).success;

/** Days from now until the key ends; null for never; undefined where its end stays. */
export function daysOf(draft: KeyDraft): number | null | undefined {
  if (draft.ends === "keep") return undefined;
  if (draft.ends === "own") return isDays(draft.ownDays) ? Number(draft.ownDays) : null;
  return draft.ends === "" ? null : Number(draft.ends);
}

/** As it is sent. */
export function toBody(draft: KeyDraft): KeyBody {
  const days = daysOf(draft);
  return {
    name: draft.name.trim(),
    budget_usd: budgetOf(draft),
    ...(days === undefined ? {} : { expires_in_days: days }),
    scopes: draft.scopes,
    allowlist: hostsOf(draft),
    allowed_faces: draft.faces ?? [],
    allowed_models: draft.models ?? [],
  };
}

function budgetOf({ budget }: KeyDraft): number | null {
  const text = budget.trim().replace(/^\$/u, "").replace(",", ".");
  return text === "" ? null : Number(text);
}

function hostsOf({ hosts }: KeyDraft): string[] {
  return hosts.split(/[\s,]+/u).filter((host) => host !== "");
}
