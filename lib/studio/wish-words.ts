/** Words that ask for nothing by themselves. */
export const emptyWords = new Set(
  "a an the of in on at by with and or to from for as is are his her their my your its it this that very photo photograph photography picture image shot photorealistic realistic real raw masterpiece best quality high highly detailed detail 4k 8k hd uhd hdr dslr lens professional beautiful stunning award winning award-winning background front behind near before inside looking camera person man woman boy girl guy lady human people someone face style light lighting mood atmosphere scene setting sharp focus depth 50mm 85mm f1 8 ultra super trending artstation nice good great".split(
    " ",
  ),
);

/** Why something is not followed, by the words that give it away. */
export const reasons: readonly { why: string; words: RegExp }[] = [
  {
    why: "Clothes, hair and jewellery stay as they are in the photo.",
    words:
      /^(?:wear(?:ing|s)?|dressed|dress|suit|tie|hat|cap|glasses|sunglasses|shirt|jacket|coat|jeans|costume|uniform|armou?r|crown|necklace|earrings|hair|haircut|beard|makeup|tuxedo|gown|hoodie|sweater|scarf|kimono|helmet|blonde?|tattoos?)$/u,
  },
  {
    why: "Pose, action and expression stay as they are in the photo.",
    words:
      /^(?:\p{L}{2,}ing|smil(?:e|es)|laughs?|sits?|stands?|walks?|runs?|rides?|holds?|jumps?|sleeps?|reads?|poses?|gesture|sad|happy|angry|serious|crying|profile|side-view)$/u,
  },
  {
    why: "Nobody gets older or younger here.",
    words: /^(?:young|old|older|younger|aged|elderly|child|teenager|baby)$/u,
  },
];

/** Whatever else stands there. */
export const unknownReason =
  "The built-in studio follows its table of scenes, framings, light, colours and styles, in English; it adds no objects.";
