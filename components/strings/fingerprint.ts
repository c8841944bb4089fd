/** How the four components are spoken of: the Greek letter for the record, the word for people. */
export const fingerprintText = {
  components: {
    alpha: { name: "Identity", letter: "α" },
    beta: { name: "Values", letter: "β" },
    delta: { name: "Thinking", letter: "δ" },
    epsilon: { name: "Behaviour", letter: "ε" },
  },
  titleOf: (name: string, counts: string) => `Fingerprint of ${name}: ${counts}`,
};
