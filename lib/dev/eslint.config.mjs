import next from "@next/eslint-plugin-next";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/**
 * Who may import whom: down this list only. A layer is a set of domains (folders of `lib`) and single files; a file
 * named alone belongs to its own layer, not to its folder's.
 */
const layers = [
  [
    "env",
    "errors",
    "ids",
    "log",
    "format",
    "format-reader",
    "json",
    "json-body",
    "json-setting",
    "model-settings",
    "png-chunks",
    "portrait-settings",
    "seeded-random",
    "text-order",
    "compile/grammar",
    "http/page",
    "http/parse",
    "retrieve/stem",
    "retrieve/stop-words",
  ],
  ["db", "storage", "net", "models", "compute", "vision"],
  ["studio"],
  ["jobs", "auth"],
  ["billing"],
  ["keys", "faces", "payments"],
  ["documents", "portraits"],
  ["compile"],
  ["retrieve"],
  ["chat", "conversations"],
  ["accounts", "cards", "embed"],
  [
    "http",
    "auth/authenticate",
    "auth/next-auth",
    "compute/tasks",
    "jobs/registry",
    "jobs/housekeeping",
    "jobs/worker-main",
  ],
];

const single = layers.flat().filter((name) => name.includes("/"));

const message = "Imports go down only: see the map of lib/ in the README.";

/** A block per layer that forbids what stands above it. */
const borders = layers.map((names, level) => {
  const above = layers.slice(level + 1).flat();
  const folders = above.filter((name) => !name.includes("/"));
  const allowed = single.filter((name) => !above.includes(name));
  const group = ["@/app/**", "@/components/**", "@/e2e/**"]
    .concat(folders.map((name) => `@/lib/${name}/**`))
    .concat(allowed.map((name) => `!@/lib/${name}`));
  const files = names.flatMap((name) => [`lib/${name}.ts`, `lib/${name}/**/*.ts`]);
  const others = single.filter((name) => !names.includes(name)).map((name) => `lib/${name}.ts`);
  return {
    files,
    ignores: ["**/*.test.ts", "**/bench*/**", "**/bench*.ts", "lib/db/testing.ts", ...others],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
  };
});

const server = [
  "db",
  "storage",
  "net",
  "auth",
  "billing",
  "compute",
  "jobs",
  "keys",
  "documents",
  "compile",
  "retrieve",
  "chat",
  "conversations",
  "cards",
  "embed",
  "models",
  "vision",
  "studio",
  "portraits",
];

/** Two letters in a row are a word, and a word is for the catalogue. */
const words = "/[A-Za-z]{2,}/";
const read = "/^(label|aria-label|title|placeholder|alt|description|note|hint|why)$/";
const inJsx = (kind) => [
  `JSXAttribute[name.name=${read}] ${kind}`,
  `JSXElement > JSXExpressionContainer > ${kind}`,
  `JSXElement > JSXExpressionContainer > ConditionalExpression > ${kind}`,
];

/** Where words that a person reads would stand in a page's code. */
const literalWords = [
  `JSXText[value=${words}]`,
  `JSXAttribute[name.name=${read}] > Literal[value=${words}]`,
  ...inJsx(`TemplateLiteral > TemplateElement[value.raw=${words}]`),
  ...inJsx(`Literal[value=${words}]`).slice(1),
  `CallExpression[callee.name="toast"] > :matches(Literal, TemplateLiteral)`,
  `CallExpression[callee.object.name="toast"] > :matches(Literal, TemplateLiteral)`,
].map((selector) => ({ selector, message: "Words that a person reads stand in components/strings." }));

export default tseslint.config(
  { ignores: ["node_modules/**", ".next/**", ".data/**", "lib/db/generated/**", "public/**", "next-env.d.ts"] },
  ...tseslint.configs.strict,
  {
    files: ["**/*.{ts,tsx,mjs}"],
    rules: {
      "no-console": "error",
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "hack", "xxx"] }],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // a function that answers nothing is a value like others in a type parameter
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
    },
  },
  {
    files: ["app/**", "components/**"],
    plugins: { "react-hooks": hooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  { files: ["app/**", "components/**"], ...next.configs["core-web-vitals"] },
  {
    files: ["app/**/*.tsx", "components/**/*.tsx"],
    ignores: ["**/*.test.tsx"],
    rules: { "no-restricted-syntax": ["error", ...literalWords] },
  },
  {
    files: ["lib/log.ts", "lib/dev/**", "lib/**/bench*", "lib/**/bench*/**", "lib/compile/training/**"],
    rules: { "no-console": "off" },
  },
  { files: ["**/*.test.ts", "e2e/**"], rules: { "max-lines": "off" } },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["lib/env.ts", "lib/launch/**", "lib/dev/**", "e2e/**", "next.config.ts", "**/*.test.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Settings are read in lib/env.ts only." },
      ],
    },
  },
  ...borders,
  {
    files: ["components/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: server.map((name) => `@/lib/${name}/*`).concat("!@/lib/*/schemas", "!@/lib/*/*-schemas"),
              message: "Components know props and schemas, never the server.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["app/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["@/lib/db/client", "@/lib/db/generated/**", "@prisma/*"],
              message: "Routes and pages call a domain's verbs.",
            },
          ],
        },
      ],
    },
  },
);
