import type { Metadata } from "next";
import { ChatFrame } from "@/components/chat/chat-frame";
import { FaceChat } from "@/components/chat/face-chat";
import { chatText } from "@/components/strings/chat";

export const metadata: Metadata = { title: chatText.title };

type PageProps = { params: Promise<{ face: string }> };

export default async function Page({ params }: PageProps) {
  const { face } = await params;
  return (
    <ChatFrame>
      <FaceChat username={face} />
    </ChatFrame>
  );
}
