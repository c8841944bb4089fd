import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { findVisitor } from "@/lib/auth/find-visitor";

/** To everybody but admins there is nothing here; who is not signed in may be one. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const visitor = await findVisitor(await headers());
  if (visitor === null) redirect("/signin?next=/admin");
  if (!visitor.isAdmin) notFound();
  return children;
}
