import { createServer, type RequestListener } from "node:http";
import net, { type AddressInfo } from "node:net";
import { once } from "node:events";
import { AppError } from "@/lib/errors";
import { type GuardedRequest, guardedFetch, internet, type Network } from "@/lib/net/guarded-fetch";
import { isPublicAddress } from "@/lib/net/public-address";

const decoder = new TextDecoder();

type InspectInput = { name: string; bytes: Uint8Array };

/**
 * Stands in for the process that looks at photos, in tests of what is done with what it finds. A photo is a text: "ann 1"
 * is a good one of Ann, "nobody" has no face in it, "dark ann 2" is good but dark, "bomb" and "crash" do
 * what they say.
 */
export async function inspectWords(_task: string, { name, bytes }: InspectInput) {
  const words = decoder.decode(bytes).split(" ");
  if (words[0] === "bomb") throw new AppError("too_large", "It takes more memory than there is.");
  if (words[0] === "crash") throw new AppError("unavailable", "The image could not be worked on.");
  if (words[0] === "nobody") {
    const problem = { code: "no_face", message: `${name}: no face was found in it.` };
    return { problem, warnings: [], photo: null, small: null, reading: null, descriptor: null };
  }
  const isDark = words[0] === "dark";
  const person = (isDark ? words[1] : words[0]) ?? "";
  const box = { x: 10, y: 10, width: 80, height: 80 };
  return {
    problem: null,
    warnings: isDark ? [{ code: "dark", message: `${name} is dark.` }] : [],
    photo: { bytes: Buffer.from(`upright ${words.join(" ")}`), mimeType: "image/jpeg", width: 100, height: 120 },
    small: { bytes: Buffer.from(`small ${words.join(" ")}`), mimeType: "image/webp", width: 10, height: 12 },
    reading: { box, confidence: 0.9, yaw: 0, pitch: 0, roll: 0, sharpness: 400, light: 0.5 },
    descriptor: descriptorOf(person),
  };
}

/** People are told apart by the first letter of their name. */
function descriptorOf(person: string): Float32Array {
  const descriptor = new Float32Array(128);
  descriptor[(person.codePointAt(0) ?? 0) % 128] = 1;
  return descriptor;
}

/** A server of the public internet, as far as the guard knows, at whatever name, and a count of who reached it. */
export async function startPublicServer(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const near: Record<string, string[]> = {
    "b.near.faces-check.org": ["::1"],
    "mixed.near.faces-check.org": ["93.184.215.14", "127.0.0.1"],
    "mapped.near.faces-check.org": ["::ffff:127.0.0.1"],
    "none.near.faces-check.org": [],
  };
  const lookup: Network["lookup"] = async (host) =>
    (near[host] ?? ["127.0.0.1"]).map((address) => ({ address, family: net.isIP(address) }));
  const isAllowed: Network["isAllowed"] = (address, at) =>
    isPublicAddress(address) || (address === "127.0.0.1" && at === port);
  const through = (network: Network) => (url: string, request: GuardedRequest) => guardedFetch(url, request, network);
  return {
    url: (path: string) => `http://public.faces-check.org:${port}${path}`,
    /** the guard, to which this server is public */
    fetch: through({ lookup, isAllowed }),
    /** the guard as it is, but for the names of tests */
    guarded: through({ ...internet, lookup }),
    port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
