"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { FaceProblem } from "@/components/face/face-problem";
import { useFace } from "@/components/faces/use-faces";
import { Column } from "@/components/shell/app-shell";
import { ApiError } from "@/lib/http/fetch-json";
import { LoadingChat } from "./loading-chat";
import { useConversations } from "./use-conversations";

/** Goes on with the last conversation with a face, or begins the first. */
export function FaceChat({ username }: { username: string }) {
  const router = useRouter();
  const face = useFace(username);
  const last = useConversations({ face: username, q: "" });
  const id = last.conversations?.[0]?.id;
  const isKnown = last.conversations !== undefined || (last.error !== null && face.data !== undefined);
  useEffect(() => {
    if (!isKnown) return;
    const kept = new URLSearchParams(location.search);
    if (!id) kept.set("face", username);
    const query = kept.toString();
    router.replace(`/chat${id ? `/${id}` : ""}${query ? `?${query}` : ""}`);
  }, [isKnown, id, router, username]);
  const isMissing = face.error instanceof ApiError;
  if (!isMissing || !face.error) return <LoadingChat />;
  return (
    <Column>
      <FaceProblem error={face.error} onRetry={() => void face.refetch()} />
    </Column>
  );
}
