import type { Metadata } from "next";
import { FacePage } from "@/components/face/face-page";

type PageProps = { params: Promise<{ face: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await params).face };
}

export default async function Page({ params }: PageProps) {
  return <FacePage username={(await params).face} />;
}
