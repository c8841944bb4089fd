import { isIP } from "node:net";
import { InvalidInputError } from "@/lib/errors";

const maxLength = 2_000;
const firstFreePort = 1024;
/** Names that stand for something near, whatever a resolver makes of them. */
const nearNames =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|test|example|invalid|onion|arpa)$/u;

/**
 * A URL that may be fetched on somebody else's word, normalised: the parser turns octal, decimal and hex addresses and
 * IDN into their one form before anything is looked at.
 *
 * @throws {InvalidInputError} saying what is wrong with it
 */
export function requirePublicUrl(text: string, base?: URL): URL {
  const url = text.length <= maxLength && URL.canParse(text, base) ? new URL(text, base) : null;
  if (url === null) throw refused("This is not a web address. It should look like https://example.com/page.");
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw refused("Only addresses that begin with https:// or http:// can be imported.");
  }
  if (url.username !== "" || url.password !== "")
    throw refused("An address with a user name or password is not fetched.");
  if (url.port !== "" && Number(url.port) < firstFreePort) {
    throw refused(`Port ${url.port} is not one that web pages are served from.`);
  }
  if (url.hostname.endsWith(".")) url.hostname = url.hostname.replace(/\.+$/u, "");
  const host = bareHost(url);
  if (isIP(host) === 0 && (!host.includes(".") || nearNames.test(host))) throw notPublic();
  url.hash = "";
  return url;
}

/** The host as a resolver takes it: an IPv6 address without its brackets. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/gu, "");
}

/** The same sentence whatever was found there, so that nothing can be learnt of what is near. */
export function notPublic(): InvalidInputError {
  return refused("This address is not on the public internet, so it is not fetched.");
}

function refused(sentence: string): InvalidInputError {
  return new InvalidInputError(sentence, "url");
}
