import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { publicUrl } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { derivedSecret } from "./secrets";

/** How long an access token is good for. Its session lives longer; `/auth/refresh` gives a new token. */
export const accessTokenSeconds = 12 * 60 * 60;

const Claims = z.object({ sub: z.string(), sid: z.string() });

/** A signed token (HS256) that names an account and the session it belongs to. */
export async function createAccessToken(subject: { accountId: string; sessionId: string }): Promise<string> {
  return new SignJWT({ sid: subject.sessionId })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(subject.accountId)
    .setIssuer(publicUrl().origin)
    .setIssuedAt()
    .setExpirationTime(`${accessTokenSeconds}s`)
    .sign(derivedSecret("access-token"));
}

/**
 * Reads a token's session.
 *
 * @param toleranceSeconds how long after its end a token still counts: only `/auth/refresh` gives any
 * @throws {AppError} `unauthorized`
 */
export async function readAccessToken(token: string, toleranceSeconds = 0): Promise<{ sessionId: string }> {
  try {
    const options = { algorithms: ["HS256"], clockTolerance: toleranceSeconds };
    const { payload } = await jwtVerify(token, derivedSecret("access-token"), options);
    return { sessionId: Claims.parse(payload).sid };
  } catch (cause) {
    const expired = cause instanceof errors.JWTExpired;
    const message = expired
      ? "The access token has expired. Refresh it or sign in again."
      : "The access token is not valid.";
    throw new AppError("unauthorized", message, { cause });
  }
}
