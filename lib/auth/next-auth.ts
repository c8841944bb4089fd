import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { register } from "@/lib/accounts/register";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { parse } from "@/lib/http/parse";
import { log } from "@/lib/log";
import { type Caller, callerOf } from "./caller";
import { logIn } from "./log-in";
import { forget } from "./memory";
import { LogInInput, RegisterInput, VerifyInput } from "./schemas";
import { cookieSecret } from "./secrets";
import type { SignIn } from "./start-session";
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
    const { userAgent } = browserOf(request.headers);
    return told(async () => toUser(await verifySignIn(db(), input.data, userAgent), input.data.address));
  },
});

const passwordProvider = CredentialsProvider({
  id: "password",
  name: "E-mail and password",
  credentials: { email: {}, password: {} },
  async authorize(credentials, request) {
    const input = LogInInput.safeParse(credentials);
    if (!input.success) return null;
    return told(async () => toUser(await logIn(db(), input.data, browserOf(request.headers))));
  },
});

const inviteProvider = CredentialsProvider({
  id: "invite",
  name: "Invite code",
  credentials: { invite_code: {}, email: {}, password: {}, name: {} },
  authorize(credentials, request) {
    // an empty field of a form is none
    const fields = Object.entries(credentials ?? {}).filter(([, value]) => value !== "");
    return told(async () => {
      const input = parse(RegisterInput, Object.fromEntries(fields));
      return toUser(await register(db(), input, browserOf(request.headers)));
    });
  },
});

function toUser({ user, sessionId }: SignIn, address: string | null = null) {
  return { id: user.id, sessionId, address };
}

function browserOf(headers: Record<string, unknown> | undefined): Caller {
  return callerOf({
    get(name) {
      const value = headers?.[name];
      return typeof value === "string" ? value : null;
    },
  });
}

/** next-auth hands the message of a thrown error to the page: a refusal is told, anything else is not. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw new Error(error.message);
    log.error("a sign-in failed", { error });
    throw new Error("unforeseen");
  }
}

/** The browser's session: a signed cookie that names the same session row as an access token does. */
export function nextAuthOptions(): NextAuthOptions {
  return {
    secret: cookieSecret(),
    session: { strategy: "jwt", maxAge: 30 * 24 * 60 * 60 },
    pages: { signIn: "/signin", error: "/signin" },
    providers: [walletProvider, passwordProvider, inviteProvider],
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
