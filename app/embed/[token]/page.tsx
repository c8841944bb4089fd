import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { VisitorPage, visitorMetadata } from "@/components/embed/visitor-page";
import { openVisitorPage } from "@/lib/embed/open-visitor-page";

type PageProps = { params: Promise<{ token: string }> };

const open = async ({ params }: PageProps) => openVisitorPage((await params).token, "frame", await headers());

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  return visitorMetadata(await open(props));
}

/** A face's page inside of other sites: which ones may show it stands in the answer's headers. */
export default async function Page(props: PageProps) {
  const opened = await open(props);
  if (opened.state === "closed") notFound();
  return <VisitorPage token={(await props.params).token} opened={opened} />;
}
