import type { Metadata } from "next";
import { FacesPage } from "@/components/faces/faces-page";

export const metadata: Metadata = { title: "Faces" };

export default function Page() {
  return <FacesPage />;
}
