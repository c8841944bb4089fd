import type { Metadata } from "next";
import { ChatPage } from "@/components/chat/chat-page";
import { chatText } from "@/components/strings/chat";

export const metadata: Metadata = { title: chatText.title };

export default function Page() {
  return <ChatPage />;
}
