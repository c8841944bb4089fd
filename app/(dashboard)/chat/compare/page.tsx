import type { Metadata } from "next";
import { ComparePage } from "@/components/chat/compare-page";
import { chatText } from "@/components/strings/chat";

export const metadata: Metadata = { title: chatText.compareTitle };

export default function Page() {
  return <ComparePage />;
}
