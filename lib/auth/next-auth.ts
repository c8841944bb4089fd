import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { forget } from "./memory";
import { VerifyInput } from "./schemas";
import { cookieSecret } from "./secrets";
import { verifySignIn } from "./verify-sign-in";

declare module "next-auth" {
  interface User {
    sessionId: string;
    address: string | null;
  }
  interface Session {
    address: string | null;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    sessionId?: string;
    address?: string | null;
  }
}

const walletProvider = CredentialsProvider({
  id: "wallet",
  name: "Wallet",
  credentials: { address: {}, signature: {}, nonce: {} },
  async authorize(credentials, request) {
    const input = VerifyInput.safeParse(credentials);
    if (!input.success) return null;
    const userAgent: unknown = request.headers?.["user-agent"];
    try {
      const signIn = await verifySignIn(db(), input.data, typeof userAgent === "string" ? userAgent : null);
      return { id: signIn.user.id, sessionId: signIn.sessionId, address: input.data.address };
    } catch (error) {
      // next-auth hands the message of a thrown error to the page; a refusal is told, anything else is not
      if (error instanceof AppError) throw new Error(error.message);
      throw error;
    }
  },
});

/** The browser's session: a signed cookie that names the same session row as an access token does. */
export function nextAuthOptions(): NextAuthOptions {
  return {
    secret: cookieSecret(),
    session: { strategy: "jwt", maxAge: 30 * 24 * 60 * 60 },
    pages: { signIn: "/signin", error: "/signin" },
    providers: [walletProvider],
    callbacks: {
      jwt({ token, user }) {
        if (user) Object.assign(token, { sessionId: user.sessionId, address: user.address });
        return token;
      },
      session({ session, token }) {
        return { ...session, address: token.address ?? null };
      },
    },
    events: {
      async signOut({ token }) {
        if (!token?.sessionId) return;
        await db().session.deleteMany({ where: { id: token.sessionId } });
        forget({ table: "sessions", value: token.sessionId });
      },
    },
  };
}
