import type { Api } from "./api";

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
export type Furnished = { face: string; composite: string; waiting: string; empty: string };

/**
 * Gives an account faces in every state: compiled from three texts in two versions, composed, with a text that waits for
 * its sync, and empty.
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
  return { face, composite, waiting, empty };
}

async function sync(api: Api, face: string): Promise<void> {
  await api.post(`/v1/faces/${face}/sync`);
  await api.untilSynced(face);
}
