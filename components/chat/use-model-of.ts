"use client";

import { useUrlState } from "@/components/ui/use-url-state";
import type { FaceView } from "@/lib/faces/schemas";
import type { Chat } from "./chat-cache";
import { useChooseModel } from "./use-conversations";
import { useModels } from "./use-models";

/**
 * The model of a conversation: in the address before its first question, with the conversation from then on.
 *
 * @returns model "" is the default, which `standard` names
 */
export function useModelOf(id: string, chat: Chat | undefined, face: FaceView) {
  const models = useModels().data ?? [];
  const [addressed, setAddressed] = useUrlState("model");
  const chooseStored = useChooseModel();
  const model = chat === undefined ? addressed : (chat.model ?? "");
  const standard = face.default_model ?? models.find((candidate) => candidate.is_default)?.id ?? "";
  const spoken = models.find((candidate) => candidate.id === (model || standard));
  const choose = (next: string) => (chat === undefined ? setAddressed(next) : chooseStored.mutate({ id, model: next }));
  return { model, standard, models, isQuoting: spoken?.is_language_model === false, choose };
}
