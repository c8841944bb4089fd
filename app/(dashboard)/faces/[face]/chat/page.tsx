import type { Metadata } from "next";
import { ChatPage } from "@/components/chat/chat-page";

type PageProps = { params: Promise<{ face: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Chat with ${(await params).face}` };
}

export default async function Page({ params }: PageProps) {
  return <ChatPage username={(await params).face} />;
}
