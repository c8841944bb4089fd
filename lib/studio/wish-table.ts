/** A line of the table: what it is called, and the words by which it is asked for. */
export type WishLine = { id: string; name: string; words: readonly string[] };

/** Where: a panorama of @pmndrs/assets, or drawn here. */
export const scenes: readonly WishLine[] = [
  {
    id: "studio-grey",
    name: "Grey studio",
    words: [
      "studio",
      "photo studio",
      "grey background",
      "gray background",
      "headshot",
      "neutral background",
      "plain background",
      "backdrop",
      "seamless",
    ],
  },
  {
    id: "studio-white",
    name: "White studio",
    words: ["white background", "white studio", "high key", "passport photo", "white backdrop"],
  },
  {
    id: "studio-dark",
    name: "Dark studio",
    words: ["black background", "dark background", "low key", "dark studio", "dark backdrop"],
  },
  {
    id: "studio-colour",
    name: "Coloured backdrop",
    words: [
      "colored background",
      "coloured background",
      "gradient background",
      "colorful background",
      "colourful background",
      "colour backdrop",
      "color backdrop",
    ],
  },
  {
    id: "mountains",
    name: "Mountains",
    words: [
      "mountains",
      "mountain",
      "alps",
      "alpine",
      "himalaya",
      "peaks",
      "summit",
      "dolomites",
      "andes",
      "highlands",
    ],
  },
  {
    id: "sea",
    name: "Sea",
    words: ["sea", "ocean", "seaside", "coast", "shore", "beach", "lake", "harbour", "harbor"],
  },
  { id: "canal", name: "Canal and quay", words: ["canal", "quay", "waterfront", "riverside", "river", "by the water"] },
  { id: "venice", name: "Venice", words: ["venice", "piazza", "italy", "old town", "plaza", "town square"] },
  {
    id: "city",
    name: "City",
    words: ["city", "downtown", "street", "urban", "skyline", "berlin", "new york", "london", "paris", "tokyo"],
  },
  {
    id: "city-night",
    name: "City at night",
    words: ["city at night", "night city", "neon", "city lights", "bokeh", "nightlife", "times square", "cyberpunk"],
  },
  { id: "forest", name: "Forest", words: ["forest", "woods", "woodland", "trees", "jungle", "nature"] },
  {
    id: "park",
    name: "Park",
    words: ["park", "garden", "meadow", "lawn", "green field", "grass", "outdoors", "outside"],
  },
  { id: "field", name: "Fields", words: ["field", "fields", "countryside", "farm", "prairie"] },
  { id: "desert", name: "Desert", words: ["desert", "canyon", "dunes", "savanna", "savannah", "steppe", "rocks"] },
  { id: "sky", name: "Sky", words: ["sky", "clouds", "heaven", "cloudscape"] },
  {
    id: "stars",
    name: "Starry night",
    words: ["stars", "starry", "milky way", "space", "galaxy", "under the stars", "night sky"],
  },
  { id: "snow", name: "Snow", words: ["snow", "snowy", "winter", "ski slope", "arctic", "ice"] },
  { id: "autumn", name: "Autumn leaves", words: ["autumn", "fall leaves", "foliage", "october"] },
  {
    id: "home",
    name: "Living room",
    words: ["home", "apartment", "living room", "room", "indoors", "kitchen", "bedroom", "interior", "house"],
  },
  {
    id: "office",
    name: "Office",
    words: [
      "office",
      "lobby",
      "workplace",
      "coworking",
      "corporate",
      "business",
      "linkedin",
      "conference",
      "meeting room",
    ],
  },
  {
    id: "library",
    name: "Library",
    words: ["library", "bookshelf", "bookshelves", "books", "bookshop", "bookstore", "study"],
  },
  {
    id: "cafe",
    name: "Café",
    words: ["cafe", "café", "coffee shop", "coffeehouse", "restaurant", "bar", "bistro", "candlelight"],
  },
  { id: "hall", name: "Hall", words: ["hall", "ballroom", "stage", "theatre", "theater", "concert hall", "museum"] },
  { id: "mall", name: "Arcade", words: ["mall", "arcade", "shopping", "airport", "station"] },
  { id: "bridge", name: "Bridge", words: ["bridge", "modern architecture", "architecture", "glass building"] },
  { id: "warehouse", name: "Warehouse", words: ["warehouse", "loft", "industrial", "concrete", "garage", "basement"] },
  {
    id: "workshop",
    name: "Workshop",
    words: ["workshop", "factory", "atelier", "makerspace", "lab", "laboratory", "hangar"],
  },
];

/** How much of the person: the face's height, from brow to chin, as a share of the image's. */
export const framings: readonly (WishLine & { share: number })[] = [
  {
    id: "close-up",
    name: "Close-up",
    share: 0.4,
    words: ["close-up", "close up", "closeup", "headshot", "face only", "tight crop"],
  },
  {
    id: "portrait",
    name: "Portrait",
    share: 0.28,
    words: ["portrait", "bust", "head and shoulders", "shoulders", "profile picture", "avatar"],
  },
  {
    id: "half-body",
    name: "Half length",
    share: 0.2,
    words: ["half body", "half-body", "half length", "half-length", "waist up", "medium shot", "upper body"],
  },
  {
    id: "full-body",
    name: "Full length",
    share: 0.14,
    words: ["full body", "full-body", "full length", "full-length", "whole body", "wide shot", "long shot", "standing"],
  },
];

/** The light's colour, how bright it is, and from where. Colours are linear RGB, brightness a factor. */
export const lights: readonly (WishLine & { colour: [number, number, number]; gain: number; side: number })[] = [
  {
    id: "golden",
    name: "Golden hour",
    colour: [1.22, 1, 0.72],
    gain: 1,
    side: 0.3,
    words: [
      "golden hour",
      "sunset",
      "sunrise",
      "golden light",
      "warm light",
      "evening light",
      "dusk",
      "dawn",
      "evening",
    ],
  },
  {
    id: "soft",
    name: "Soft light",
    colour: [1.03, 1, 0.97],
    gain: 1.04,
    side: 0.05,
    words: [
      "soft light",
      "soft lighting",
      "soft morning light",
      "morning light",
      "diffuse light",
      "natural light",
      "window light",
      "morning",
      "overcast",
      "cloudy",
      "daylight",
      "foggy",
      "misty",
      "fog",
      "mist",
    ],
  },
  {
    id: "bright",
    name: "Bright sun",
    colour: [1.05, 1, 0.94],
    gain: 1.12,
    side: 0.25,
    words: ["bright", "sunny", "sunlight", "sun", "summer", "midday", "sunshine", "noon"],
  },
  {
    id: "night",
    name: "Night",
    colour: [0.8, 0.92, 1.2],
    gain: 0.62,
    side: 0.2,
    words: ["night", "moonlight", "midnight", "nighttime", "at night", "blue hour"],
  },
  {
    id: "dramatic",
    name: "Dramatic light",
    colour: [1, 1, 1],
    gain: 0.86,
    side: 0.75,
    words: [
      "dramatic light",
      "dramatic lighting",
      "dramatic",
      "rembrandt",
      "side light",
      "chiaroscuro",
      "moody",
      "rim light",
      "cinematic lighting",
    ],
  },
  {
    id: "backlit",
    name: "Backlight",
    colour: [1.1, 1, 0.88],
    gain: 0.92,
    side: 0,
    words: ["backlit", "back light", "backlight", "contre-jour", "glow", "halo light"],
  },
];

/** Colours of the whole. */
export const palettes: readonly WishLine[] = [
  { id: "warm", name: "Warm colours", words: ["warm", "warm colors", "warm colours", "warm tones", "cozy", "cosy"] },
  { id: "cool", name: "Cool colours", words: ["cool colors", "cool colours", "cold", "cool tones", "teal"] },
  {
    id: "vivid",
    name: "Vivid colours",
    words: ["vivid", "vibrant", "saturated", "colorful", "colourful", "rich colors", "rich colours"],
  },
  {
    id: "muted",
    name: "Muted colours",
    words: ["muted", "pastel", "faded", "desaturated", "washed out", "matte colors"],
  },
];

/** How it is made. */
export const styles: readonly WishLine[] = [
  {
    id: "film",
    name: "Film",
    words: [
      "film",
      "analog",
      "analogue",
      "35mm",
      "kodak",
      "portra",
      "fujifilm",
      "vintage photo",
      "film grain",
      "cinematic",
      "movie still",
    ],
  },
  {
    id: "silver",
    name: "Silver print",
    words: [
      "black and white",
      "black-and-white",
      "b&w",
      "monochrome",
      "silver print",
      "grayscale",
      "greyscale",
      "tri-x",
    ],
  },
  { id: "noir", name: "Noir", words: ["noir", "film noir"] },
  {
    id: "sepia",
    name: "Sepia",
    words: ["sepia", "daguerreotype", "antique photo", "old photo", "victorian", "vintage"],
  },
  {
    id: "poster",
    name: "Poster",
    words: [
      "poster",
      "pop art",
      "screen print",
      "screenprint",
      "warhol",
      "vector art",
      "flat illustration",
      "comic",
      "cartoon",
    ],
  },
  { id: "watercolour", name: "Watercolour", words: ["watercolour", "watercolor", "aquarelle", "gouache"] },
  {
    id: "oil",
    name: "Oil painting",
    words: ["oil painting", "oil", "painting", "painted", "impressionist", "baroque", "renaissance", "van gogh"],
  },
  {
    id: "ink",
    name: "Ink drawing",
    words: [
      "ink drawing",
      "ink",
      "line art",
      "line drawing",
      "drawing",
      "sketch",
      "pencil drawing",
      "pencil",
      "etching",
      "engraving",
      "illustration",
    ],
  },
];

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
      /^(?:\p{L}{2,}ing|smil(?:e|es)|laughs?|sits?|stands?|walks?|runs?|rides?|holds?|jumps?|sleeps?|reads?|poses?|gesture|sad|happy|angry|serious|crying|profile|side-view|young|old|older|younger)$/u,
  },
];

/** Whatever else stands there. */
export const unknownReason =
  "The built-in studio follows its table of scenes, framings, light, colours and styles; it adds no objects.";
