import { setTimeout as sleep } from "node:timers/promises";
import type { PrivateKeyAccount } from "viem/accounts";

type Json = Record<string, unknown>;

/** Calls the API with fetch, as a program would. */
export class Api {
  constructor(
    readonly url: string,
    readonly token: string,
  ) {}

  /** Signs in with a wallet and makes an API key. */
  static async withNewKey(url: string, wallet: PrivateKeyAccount): Promise<{ api: Api; session: Api; key: string }> {
    const { nonce } = await data<{ nonce: string }>(await fetch(`${url}/auth/nonce/${wallet.address}`));
    const signature = await wallet.signMessage({ message: nonce });
    const { access_token } = await data<{ access_token: string }>(
      await fetch(`${url}/auth/verify`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ address: wallet.address, signature, nonce }),
      }),
    );
    const session = new Api(url, access_token);
    const { key } = await session.post<{ key: string }>("/v1/api-keys", { name: "e2e" });
    return { api: new Api(url, key), session, key };
  }

  request(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": "application/json" };
    return fetch(this.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }

  async get<T = Json>(path: string): Promise<T> {
    return data<T>(await this.request("GET", path));
  }

  async post<T = Json>(path: string, body: unknown = {}): Promise<T> {
    return data<T>(await this.request("POST", path, body));
  }

  /** A form, with files. */
  async send<T = Json>(path: string, body: FormData): Promise<T> {
    return data<T>(
      await fetch(this.url + path, { method: "POST", headers: { authorization: `Bearer ${this.token}` }, body }),
    );
  }

  async put<T = Json>(path: string, body: unknown = {}): Promise<T> {
    return data<T>(await this.request("PUT", path, body));
  }

  /** Makes a face, gives it a text, compiles it, and waits for the end of its event stream. */
  async makeFace(username: string, content: string): Promise<string> {
    const face = await this.post<{ id: string }>("/v1/faces", { username, basic_facts: `${username} is a person.` });
    await this.post(`/v1/faces/${face.id}/documents`, { content, type: "document" });
    await this.post(`/v1/faces/${face.id}/sync`);
    await this.untilSynced(face.id);
    return face.id;
  }

  /** Gives credit to another caller's account, as an admin. */
  async grantCredit(other: Api, amount_usd: number): Promise<void> {
    const { id } = await other.get<{ id: string }>("/v1/account");
    await this.post("/v1/admin/credits", { account_id: id, amount_usd });
  }

  /** Reads the sync's events to their end. @throws when the sync did not end well */
  async untilSynced(face: string): Promise<void> {
    const events = await (await this.request("GET", `/v1/faces/${face}/sync/events`)).text();
    if (!events.includes("event: summary")) throw new Error(`The sync did not end with a summary:\n${events}`);
    // the summary is sent when the job is done; reading it again needs no waiting
    const { sync_status } = await this.get<{ sync_status: string }>(`/v1/faces/${face}`);
    if (sync_status !== "synced") throw new Error(`The face is ${sync_status}.`);
  }
}

async function data<T>(response: Response): Promise<T> {
  const body = (await response.json()) as { data: T };
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(body)}`);
  return body.data;
}

/** Asks again until the answer is there, at most for a minute. */
export async function until<T>(ask: () => Promise<T | null>, what: string): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`Waited a minute for ${what}.`);
    await sleep(200);
  }
}
