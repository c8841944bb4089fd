/** What lies where in an export, for whoever opens it years later. */
export function exportReadme({ host, exportedAt }: { host: string; exportedAt: Date }): string {
  return `Everything that Faces at ${host} holds of one account, as it was while this was written.
Begun at ${exportedAt.toISOString()}.

All texts are UTF-8, all .json files are JSON. Times are ISO 8601 in UTC. Columns whose name ends in micro_usd are
millionths of a US dollar. Ids are the product's own: they begin with what they name and sort by time.

account.json        the account: plan, e-mail address, settings. A password is kept as a hash only and is not here.
wallets.json        addresses that sign in
sessions.json       sign-ins that have not ended
api_keys.json       keys with their limits and what they spent. A key itself is kept as a hash only and is not here.
usage.json          every piece of metered work: model, tokens, cost, face, key
ledger.json         every movement of money, which together are the balance
notices.json        what the account was told
traces.json         why answers were given: what went into the prompt, tokens, cost, timings
responses.json      answers of POST /v1/responses that are kept
conversations.json  conversations of the chat page: with whom, title, which branch is shown
messages.json       what was said in them: a message follows the one that parent_id names
embeds.json         pages of faces for visitors: their sites, words and limits
callback_deliveries.json  what callbacks of portraits were told, for thirty days

portraits/
  people/<number>/  photos of one person, and person.json: who said that the person agrees, what was measured of each
                    face, and its descriptor: 128 floats, little-endian, base64
  orders/<number>/  images that were made, and order.json: the text, what was understood of it, seeds, scores, cost

faces/<username>/
  face.json         name, facts, model, formula, state
  primitives.json   every statement of the face with its kind, strength, state and the quotes it rests on: document,
                    version, start and end, counted in UTF-16 units from the beginning of that version's text
  findings.json     what was found in its sources and left out, such as instructions to a reader
  versions.json     every compiled state: which version of which text it was made of, and what its owner had changed
  voice.json        how it speaks, measured from threads; null while there is none
  documents/<id>/
    document.json   what it is, who speaks in it, what came of it
    text-v<n>.txt   its text, a file for each version; offsets point into these
    original/…      the file as it was uploaded, when there was one

What is worked out from these is not here: embeddings, and the pieces that texts are cut into.
`;
}
