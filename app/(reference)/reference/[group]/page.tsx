import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { GroupPage, SchemasPage } from "@/components/reference/group-page";
import { groupsOf } from "@/components/reference/reference-data";
import { referenceText } from "@/components/strings/reference";
import { readOpenApi } from "@/lib/openapi/read-document";
import { routeGroups } from "@/lib/openapi/groups";

type Props = { params: Promise<{ group: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { group } = await params;
  const title = routeGroups.find(({ slug }) => slug === group)?.title ?? referenceText.schemasTitle;
  return { title: `${title}, ${referenceText.title}` };
}

export default async function Page({ params }: Props) {
  const { group: slug } = await params;
  const document = await readOpenApi();
  if (slug === "schemas") return <SchemasPage document={document} />;
  const group = groupsOf(document).find((each) => each.slug === slug);
  if (group === undefined) notFound();
  return <GroupPage document={document} group={group} />;
}
