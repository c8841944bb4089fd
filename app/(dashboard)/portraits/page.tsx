import type { Metadata } from "next";
import { GalleryPage } from "@/components/portraits/gallery-page";
import { portraitsText } from "@/components/strings/portraits";

export const metadata: Metadata = { title: portraitsText.title };

export default function Page() {
  return <GalleryPage />;
}
