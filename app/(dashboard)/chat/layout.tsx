import type { ReactNode } from "react";
import { ChatFrame } from "@/components/chat/chat-frame";

export default function Layout({ children }: { children: ReactNode }) {
  return <ChatFrame>{children}</ChatFrame>;
}
