/** A line of the table: what it is called, and the words by which it is asked for. */
export type WishLine = { id: string; name: string; words: readonly string[] };

const list = (words: string): string[] => words.split(", ");

/** Where: a panorama of @pmndrs/assets, or drawn here. */
export const scenes: readonly WishLine[] = [
  {
    id: "studio-grey",
    name: "Grey studio",
    words: list(
      "studio, photo studio, grey background, gray background, neutral background, plain background, backdrop, seamless",
    ),
  },
  {
    id: "studio-white",
    name: "White studio",
    words: list("white background, white studio, high key, passport photo, white backdrop"),
  },
  {
    id: "studio-dark",
    name: "Dark studio",
    words: list("black background, dark background, low key, dark studio, dark backdrop"),
  },
  {
    id: "studio-colour",
    name: "Coloured backdrop",
    words: list(
      "colored background, coloured background, gradient background, colorful background, colourful background, colour backdrop, color backdrop",
    ),
  },
  {
    id: "mountains",
    name: "Mountains",
    words: list("mountains, mountain, alps, alpine, himalaya, peaks, summit, dolomites, andes, highlands"),
  },
  {
    id: "sea",
    name: "Sea",
    words: list("sea, ocean, seaside, coast, shore, beach, lake, harbour, harbor"),
  },
  { id: "canal", name: "Canal and quay", words: list("canal, quay, waterfront, riverside, river, by the water") },
  { id: "venice", name: "Venice", words: list("venice, piazza, italy, old town, plaza, town square") },
  {
    id: "city",
    name: "City",
    words: list("city, downtown, street, urban, skyline, berlin, new york, london, paris, tokyo"),
  },
  {
    id: "city-night",
    name: "City at night",
    words: list("city at night, night city, neon, city lights, bokeh, nightlife, times square, cyberpunk"),
  },
  { id: "forest", name: "Forest", words: list("forest, woods, woodland, trees, jungle, nature") },
  {
    id: "park",
    name: "Park",
    words: list("park, garden, meadow, lawn, green field, grass, outdoors, outside"),
  },
  { id: "field", name: "Fields", words: list("field, fields, countryside, farm, prairie") },
  { id: "desert", name: "Desert", words: list("desert, canyon, dunes, savanna, savannah, steppe, rocks") },
  { id: "sky", name: "Sky", words: list("sky, clouds, heaven, cloudscape") },
  {
    id: "stars",
    name: "Starry night",
    words: list("stars, starry, milky way, space, galaxy, under the stars, night sky"),
  },
  { id: "snow", name: "Snow", words: list("snow, snowy, winter, ski slope, arctic, ice") },
  { id: "autumn", name: "Autumn leaves", words: list("autumn, autumn leaves, fall leaves, foliage, october") },
  {
    id: "home",
    name: "Living room",
    words: list("home, apartment, living room, room, indoors, kitchen, bedroom, interior, house"),
  },
  {
    id: "office",
    name: "Office",
    words: list("office, lobby, workplace, coworking, corporate, business, linkedin, conference, meeting room"),
  },
  {
    id: "library",
    name: "Library",
    words: list("library, bookshelf, bookshelves, books, bookshop, bookstore, study"),
  },
  {
    id: "cafe",
    name: "Café",
    words: list("cafe, café, coffee shop, coffeehouse, restaurant, bar, bistro, candlelight"),
  },
  { id: "hall", name: "Hall", words: list("hall, ballroom, stage, theatre, theater, concert hall, museum") },
  { id: "mall", name: "Arcade", words: list("mall, arcade, shopping, airport, station") },
  { id: "bridge", name: "Bridge", words: list("bridge, modern architecture, architecture, glass building") },
  { id: "warehouse", name: "Warehouse", words: list("warehouse, loft, industrial, concrete, garage, basement") },
  {
    id: "workshop",
    name: "Workshop",
    words: list("workshop, factory, atelier, makerspace, lab, laboratory, hangar"),
  },
];

/** How much of the person: the face's height, from brow to chin, as a share of the image's. */
export const framings: readonly (WishLine & { share: number })[] = [
  {
    id: "close-up",
    name: "Close-up",
    share: 0.4,
    words: list("close-up, close up, closeup, headshot, face only, tight crop"),
  },
  {
    id: "portrait",
    name: "Portrait",
    share: 0.28,
    words: list("portrait, bust, head and shoulders, shoulders, profile picture, avatar"),
  },
  {
    id: "half-body",
    name: "Half length",
    share: 0.2,
    words: list("half body, half-body, half length, half-length, waist up, medium shot, upper body"),
  },
  {
    id: "full-body",
    name: "Full length",
    share: 0.14,
    words: list("full body, full-body, full length, full-length, whole body, wide shot, long shot, standing"),
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
    words: list("golden hour, sunset, sunrise, golden light, warm light, evening light, dusk, dawn, evening"),
  },
  {
    id: "soft",
    name: "Soft light",
    colour: [1.03, 1, 0.97],
    gain: 1.04,
    side: 0.05,
    words: list(
      "soft light, soft lighting, soft morning light, morning light, diffuse light, natural light, window light, morning, overcast, cloudy, daylight, foggy, misty, fog, mist",
    ),
  },
  {
    id: "bright",
    name: "Bright sun",
    colour: [1.05, 1, 0.94],
    gain: 1.12,
    side: 0.25,
    words: list("bright, sunny, sunlight, sun, summer, midday, sunshine, noon"),
  },
  {
    id: "night",
    name: "Night",
    colour: [0.8, 0.92, 1.2],
    gain: 0.62,
    side: 0.2,
    words: list("night, moonlight, midnight, nighttime, at night, blue hour"),
  },
  {
    id: "dramatic",
    name: "Dramatic light",
    colour: [1, 1, 1],
    gain: 0.86,
    side: 0.75,
    words: list(
      "dramatic light, dramatic lighting, dramatic, rembrandt, side light, chiaroscuro, moody, rim light, cinematic lighting",
    ),
  },
  {
    id: "backlit",
    name: "Backlight",
    colour: [1.1, 1, 0.88],
    gain: 0.92,
    side: 0,
    words: list("backlit, back light, backlight, contre-jour, glow, halo light"),
  },
];

/** Colours of the whole. */
export const palettes: readonly WishLine[] = [
  { id: "warm", name: "Warm colours", words: list("warm, warm colors, warm colours, warm tones, cozy, cosy") },
  { id: "cool", name: "Cool colours", words: list("cool colors, cool colours, cold, cool tones, teal") },
  {
    id: "vivid",
    name: "Vivid colours",
    words: list("vivid, vibrant, saturated, colorful, colourful, rich colors, rich colours"),
  },
  {
    id: "muted",
    name: "Muted colours",
    words: list("muted, pastel, faded, desaturated, washed out, matte colors"),
  },
];

/** How it is made. */
export const styles: readonly WishLine[] = [
  {
    id: "film",
    name: "Film",
    words: list("film, analog, analogue, 35mm, kodak, portra, fujifilm, vintage photo, film grain"),
  },
  { id: "cinematic", name: "Cinema", words: list("cinematic, movie still, film still, blockbuster") },
  {
    id: "silver",
    name: "Silver print",
    words: list("black and white, black-and-white, b&w, monochrome, silver print, grayscale, greyscale, tri-x"),
  },
  { id: "noir", name: "Noir", words: list("noir, film noir") },
  {
    id: "sepia",
    name: "Sepia",
    words: list("sepia, daguerreotype, antique photo, old photo, victorian, vintage"),
  },
  {
    id: "poster",
    name: "Poster",
    words: list("poster, pop art, screen print, screenprint, warhol, vector art, flat illustration, comic, cartoon"),
  },
  { id: "watercolour", name: "Watercolour", words: list("watercolour, watercolor, aquarelle, gouache") },
  {
    id: "oil",
    name: "Oil painting",
    words: list("oil painting, oil, painting, painted, impressionist, baroque, renaissance, van gogh"),
  },
  {
    id: "ink",
    name: "Ink drawing",
    words: list("ink drawing, ink, line art, line drawing, drawing, etching, engraving, pen drawing, illustration"),
  },
  {
    id: "pencil",
    name: "Pencil drawing",
    words: list("pencil drawing, pencil sketch, pencil, sketch, graphite, charcoal"),
  },
];
