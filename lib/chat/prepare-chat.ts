import type { Ctx } from "@/lib/auth/context";
import type { FaceRow } from "@/lib/faces/require-face";
import type { ServedModel } from "@/lib/models/catalogue";
import type { retrieve, Retrieved } from "@/lib/retrieve/retrieve";
import { findTarget, type TargetFace } from "./find-target";
import {
  type Persona,
  personaPrompt,
  type PromptSection,
  promptText,
  tellPersona,
  type ToldPersona,
  withPersona,
} from "./prompt";
import type { ChatMessage, ChatRequest } from "./schemas";
import { expandTemplates } from "./templates";
import { voiceLines } from "./voice-lines";

/** A request with all that Faces adds to it. */
export type PreparedChat = {
  face: TargetFace | null;
  model: ServedModel;
  /** the client's messages with their templates expanded, as many as there were */
  said: ChatMessage[];
  /** what stands ahead of the client's own system messages: the persona, then the profiles of faces that are named */
  persona: string | null;
  /** the sections of `persona`, none without one */
  sections: readonly PromptSection[];
  /** the beginning of `persona` that is the same in every conversation with this version of the face; "" for none */
  lastingPersona: () => string;
  /** the client's request, with `persona` in its messages and all else as it was */
  request: ChatRequest;
  retrieved: Retrieved | null;
  /** what of `retrieved` had room in `persona` */
  told: Pick<ToldPersona, "core" | "items">;
};

/**
 * Finds out who answers a request, and puts in what the face brings.
 *
 * @throws {AppError} `not_found`, `model_not_found`, `forbidden`, `invalid_input`
 */
export async function prepareChat(ctx: Ctx, request: ChatRequest, find: typeof retrieve): Promise<PreparedChat> {
  const { face, model } = await findTarget(ctx, request.model);
  const { messages: said, profiles } = await expandTemplates(ctx, request.messages, find);
  const retrieved = face === null ? null : await find(ctx, face, { messages: said }, ctx.signal);
  const { sections: own, ...told } =
    face === null || retrieved === null ? nothingTold : tellPersona(personaOf(face, retrieved));
  // who answers knows itself better than a profile would tell it
  const others = profiles.filter(({ face: named }) => named.id !== face?.id);
  const sections = [...own, ...others.map(({ text }) => ({ part: "profiles" as const, text }))];
  const persona = promptText(sections) || null;
  const messages = persona === null ? said : withPersona(said, persona);
  const lastingPersona = () =>
    face === null || retrieved === null
      ? ""
      : personaPrompt(personaOf(face, { ...retrieved, items: [], abstain: false }));
  return { face, model, said, persona, sections, lastingPersona, request: { ...request, messages }, retrieved, told };
}

const nothingTold: ToldPersona = { sections: [], core: [], items: [] };

function personaOf(face: FaceRow, { core, items, abstain }: Retrieved): Persona {
  const { username, name, pronouns, basicFacts } = face;
  return { username, name, pronouns, basicFacts, voice: voiceLines(face.voice), core, items, abstain };
}
