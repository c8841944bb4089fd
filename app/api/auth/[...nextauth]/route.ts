import NextAuth from "next-auth";
import { nextAuthOptions } from "@/lib/auth/next-auth";
import { countedRoute } from "@/lib/http/route";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handler(request: Request, context: Context): Promise<Response> {
  return (await NextAuth(request as never, context as never, nextAuthOptions())) as Response;
}

// the dashboard asks for its session all the time; what is posted signs in or out
export const GET = countedRoute("read", handler);
export const POST = countedRoute("auth", handler);
