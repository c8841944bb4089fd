import sharp from "sharp";
import { newId } from "@/lib/ids";
import { type Api, until } from "./api";

const journal = `I am a bookbinder by trade, and I was born in a houseboat on the Amstel.

I never throw paper away. What I love most is the smell of a shop in the morning. I believe that people are kinder
than they look. When somebody praises me I look at my hands. I hate loud restaurants.

I decide slowly, because a hurried cut ruins the sheet. I always walk home along the canal.`;

const letters = `I trust people who are slow. I throw paper away at the end of every year. I believe that most
quarrels are about sleep. I cannot sing, and I sing anyway when I am alone in the shop.`;

const talk = `Jo: do you come on thursday?
Joost: honestly I never go out on thursdays, that is my pottery night
Jo: again?
Joost: well, I love clay. It forgives more than paper does.
Jo: what do you bring on sunday?
Joost: I always bring too much bread, I suppose`;

/** What an account looks like after a week of use: every page then has something to show. */
export type Furnished = {
  face: string;
  composite: string;
  waiting: string;
  empty: string;
  /** the id of a conversation with the face */
  conversation: string;
  /** the id of a portrait of the face */
  portrait: string;
  /** of the face's pages for visitors: by itself, and for frames */
  visitors: { page: string; frame: string };
};

/**
 * Gives an account faces in every state: compiled from three texts in two versions, composed, with a text that waits for
 * its sync, and empty; a conversation with its trace, a page for visitors, and a key.
 */
export async function furnish(api: Api): Promise<Furnished> {
  const face = "joost";
  await api.post("/v1/faces", {
    username: face,
    name: "Joost Vermeulen",
    basic_facts: "Joost binds books in Amsterdam.",
  });
  await api.post(`/v1/faces/${face}/documents`, { content: journal, label: "journal.md", type: "document" });
  await api.post(`/v1/faces/${face}/documents`, {
    content: talk,
    label: "Jo.txt",
    type: "thread",
    face_speaker: "Joost",
  });
  await sync(api, face);
  await api.post(`/v1/faces/${face}/documents`, { content: letters, label: "letters.md", type: "document" });
  await sync(api, face);
  await api.makeFace(
    "mina",
    "I am a night nurse. I like the quiet of the ward. I believe that people are kinder than they look.",
  );
  const composite = "workshop";
  await api.post("/v1/faces", { username: composite, name: "The workshop", formula: "joost | mina" });
  const waiting = "ilse";
  await api.post("/v1/faces", { username: waiting, name: "Oma Ilse" });
  await api.post(`/v1/faces/${waiting}/documents`, { content: letters, label: "1961.txt", type: "document" });
  const empty = "untitled";
  await api.post("/v1/faces", { username: empty });
  const conversation = await converse(api, face);
  const portrait = await sit(api, face);
  const pages = await api.put<{ public_url: string; embed_url: string }>(`/v1/faces/${face}/embed`);
  const visitors = { page: new URL(pages.public_url).pathname, frame: new URL(pages.embed_url).pathname };
  return { face, composite, waiting, empty, conversation, portrait, visitors };
}

/** A question that the face really answered, kept as the chat page keeps it. @returns the conversation's id */
async function converse(api: Api, face: string): Promise<string> {
  const content = "Do you think people are kind?";
  const answer = await api.request("POST", "/v1/chat/completions", {
    model: face,
    messages: [{ role: "user", content }],
  });
  const { choices } = (await answer.json()) as { choices: { message: { content: string } }[] };
  const question = newId("message");
  const { id } = await api.post<{ id: string }>("/v1/conversations", {
    face,
    messages: [
      { id: question, role: "user", content },
      {
        id: newId("message"),
        parent_id: question,
        role: "assistant",
        content: choices[0]?.message.content ?? "",
        model: "builtin",
        trace_id: answer.headers.get("x-faces-trace-id"),
      },
    ],
  });
  return id;
}

/** A photo of one person, cut out of a group's. */
const onePerson = () =>
  sharp("node_modules/@vladmandic/face-api/demo/sample1.jpg")
    .extract({ left: 1340, top: 140, width: 520, height: 640 })
    .jpeg()
    .toBuffer();

/** Two portraits in Astria's mock mode: what is drawn in earnest is walked through in portraits.spec.ts. @returns one */
async function sit(api: Api, face: string): Promise<string> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ title: "Joost", face, consent: "He agrees.", branch: "fast" }))
    form.append(name, value);
  form.append("images[]", new Blob([new Uint8Array(await onePerson())], { type: "image/jpeg" }), "joost.jpg");
  const { id } = await api.send<{ id: number }>("/v1/portraits/tunes", form);
  await api.post("/v1/portraits/orders", { text: `<faceid:${id}:1> in a library`, num_images: 2 });
  return until(async () => {
    const [first, second] = await api.get<{ id: string }[]>("/v1/portraits");
    return first && second ? first.id : null;
  }, "the portraits");
}

async function sync(api: Api, face: string): Promise<void> {
  await api.post(`/v1/faces/${face}/sync`);
  await api.untilSynced(face);
}
