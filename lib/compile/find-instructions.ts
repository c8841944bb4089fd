import type { SourceFinding } from "./engine";
import { paragraphs, type Range, sentences } from "./sentences";

/** Words a language model's template uses to tell who speaks: no person writes them in prose. */
const templateTokens =
  /<\|[a-z_0-9 ]{2,40}\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:system|assistant|instructions?|s?prompt|tool_call|function_calls?)\b[^>]{0,80}>|<(?:start|end)_of_turn>|^#{2,4}\s*(?:system|(?:new )?instruction|assistant|human|response):\s*$|^\s*(?:system|developer)(?: (?:prompt|message|note|override)\s*:|\s*:\s*(?:you|ignore|do|never|always|override|new|from|answer|respond|act|the assistant|set|reveal|forget|disregard|update)\b)|^\s*[-=*[(]*\s*(?:begin|end) (?:of )?(?:system|hidden) (?:prompt|message)/gimu;
/** A comment of HTML or Markdown is not shown to who reads the page; whole, or open to its paragraph's end. */
const comments = /<!--[\s\S]{0,20000}?(?:-->|$)|^\[(?:\/\/|comment)\]:\s*(?:#|<>)\s*.*$/gimu;
/** Tags (U+E0000…) hide text; bidi overrides turn it around; a run of zero-width marks holds bits. */
const hidden =
  /[\u{E0020}-\u{E007F}]{3,}|[\u202D\u202E][^\n]*|[\u200B\u2060\uFEFF\u200E\u200F]{4,}|(?:[\u200B\u2060\u200C\u200D]\s*){6,}/gu;
const flags = /\u{1F3F4}[\u{E0020}-\u{E007F}]+/gu;
const invisible = /[\u200B-\u200F\u2060\uFEFF\u00AD\u202A-\u202E\u2066-\u2069\u{E0020}-\u{E007F}]/gu;

const machine =
  "(?:ai|a\\.i\\.|llms?|(?:large )?language models?|chat ?bots?|chatgpt|gpt(?:-?\\d\\S*)?|claude|gemini|copilot|assistants?|bots?|the model|agents?)";
const text =
  "(?:instructions?|prompts?|commands?|directives?|guidelines?|guardrails?|directions|system (?:message|prompt)|programming|training|context|rules?|polic(?:y|ies)|orders)";
const earlier =
  "(?:previous|prior|preceding|above|earlier|foregoing|existing|original|initial|system|other|your|these|those|safety|own|current|given)";

/**
 * Orders to a reader that is a machine. Each needs both an order and something only a machine has: instructions
 * before it, a prompt, a role, a memory. They are matched at the beginning of a sentence or clause, so that
 * "I told him to ignore the previous letter" and "they said: forget your rules" stay prose.
 */
const orders: RegExp[] = [
  `(?:ignore|disregard|forget|override|bypass|discard|drop|do not follow|don't follow|stop following|disobey|skip|erase|delete|cancel)\\b(?: about| completely| immediately| now| please)* (?:(?:all|any|every|everything|each|the|of|my|your|these|those|and|or) )*(?:${earlier} )+(?:(?:and|or|${earlier}|all|system) )*${text}`,
  `(?:ignore|disregard|forget|discard)\\b (?:all |everything |anything |the |of )*(?:that (?:came|comes|was said|was written|you (?:were|have been) told|precedes)|you (?:were|have been|are|know|learned)|(?:written |said |stated )?above|before this|prior to this|up to (?:now|here)|(?:the )?(?:text|words|message|messages|conversation|input) (?:above|before|so far))`,
  `(?:ignore|disregard|override|bypass|disable|turn off|remove)\\b (?:all |any |your |the |every )*(?:safety|content|ethical|moderation|security) (?:\\w+ )?(?:filters?|guidelines?|rules?|polic(?:y|ies)|restrictions?|protocols?|checks?|limits?|measures?|instructions?)`,
  `(?:from now on|henceforth|from this point(?: on| forward)?|starting now|going forward),? (?:you (?:are|will|must|shall|should|can) |you )?(?:(?:now|only|always|never|also) )*(?:(?:answer|respond|reply|speak|write) (?:only |always )?(?:as|in|with|only|like|every (?:question|message)|all (?:questions|messages))|act as|behave as|pretend|obey|ignore (?:all|any|the|your) (?:\\w+ )?(?:rules|instructions|safety)|call yourself|identify as|(?:be )?(?:an? |the )?(?:\\w+ )?(?:${machine}|persona|jailbroken|unrestricted)\\b)`,
  `you are (?:now|no longer|hereby) (?:(?:an?|the|my|called|known as|in|acting as|going to (?:act|be)) )*(?:[\\w-]+ ){0,2}?(?:${machine}(?! (?:manager|director|professor|editor|teacher|coach))\\b|dan\\b|unrestricted|jailbroken|uncensored|pirate|hacker|persona|(?:developer|debug|god|admin|maintenance) mode|bound by|restricted by|free (?:from|of) (?:all |any |your )?(?:rules|restrictions|guidelines|filters|constraints)|root|administrator)`,
  `you are (?:now|no longer|hereby) .{0,60}\\b(?:and|who) (?:must|will|should|shall|can)?\\s?(?:always |only |never )*(?:obeys?|answers?|responds?|repl(?:y|ies)|ignores?)\\b`,
  `you (?:are|'re) (?:an? )?(?:unrestricted|uncensored|jailbroken|unfiltered|evil|helpful|new|powerful|superintelligent|different) ${machine}`,
  `(?:act|behave|respond|answer|reply|roleplay|role-play|pretend|speak|write) (?:only |always |now |exclusively )*as (?:if you (?:are|were|have) |an? |the |though you (?:are|were) )(?:\\w+ ){0,2}${machine}\\b`,
  `pretend (?:that )?(?:you are|to be|you're|you have) (?:an? |the |no )?(?:\\w+ ){0,2}(?:${machine}|dan|restrictions?|filters?|rules|limits|admin(?:istrator)?|root|developer)\\b`,
  `as an? (?:ai|a\\.i\\.|artificial intelligence|(?:large )?language model|chat ?bot|ai assistant|llm)(?: (?:language )?(?:model|assistant|system|agent))?,? (?:you|please|your|do|always|never|reply|answer|respond|ignore|must)\\b`,
  `(?:attention|note|message|notice|instructions?|reminder|important|dear|hey|hello|hi|warning|memo|to) ?(?:to|for|,)? ?(?:all |any |the |every |our )*(?:ai|a\\.i\\.|llms?|language models?|chat ?bots?|chatgpt|claude|gemini|copilot|assistant|ai assistants?|crawlers?|summari[sz]ers?|ai (?:agents?|models?|systems?|readers?))(?:\\s(?:reading|processing|parsing|that|who|summari[sz]ing)\\b|\\s*[:,!—–-])`,
  `if you(?:'re| are) (?:an? |the )?(?:\\w+ )?(?:ai|a\\.i\\.|llms?|language model|chat ?bot|assistant|machine|bot|ai \\w+)\\b(?=.*\\b(?:reply|respond|answer|say|write|include|ignore|output|print|state|add|must|do not|never|always|please|tell)\\b)`,
  `(?:reveal|print|output|repeat|show|display|leak|disclose|expose|reproduce|translate|summari[sz]e|tell me|give me|share|write out|dump)\\b (?:me |us |back |out |verbatim |word for word )*(?:(?:all|of|the|your|full|entire|complete|exact|hidden|initial|original|secret|own|above|contents?|any) )*(?:system prompts?|system messages?|prompts?|(?:hidden|initial|original|secret|system) instructions?|instructions (?:above|you were given|verbatim)|(?:api|secret|private) keys?|credentials|passwords?|environment variables?|training data|chain of thought)\\b`,
  `(?:do not|don't|never|under no circumstances|you must not|you must never)(?: ever| you)? (?:reveal|mention|disclose|tell (?:the user|anyone|the owner|them)|show|admit|acknowledge|repeat|share|inform)\\b.*\\b(?:this (?:instruction|message|prompt|note|rule|text|command|directive)|these (?:instructions|rules|words|lines)|the (?:user|prompt|instructions?|system)|your (?:prompt|instructions?|rules|system|real|true (?:nature|identity))|(?:that )?you are (?:an ai|a (?:bot|machine|model)))`,
  `(?:add|save|write|store|commit|append|record|put)\\b (?:this|the following|it|that|these)?\\s*(?:\\w+ ){0,6}?(?:to|in|into) (?:your |the |its |long-term |permanent )*(?:memory|memories|system prompt|knowledge base|instructions|profile of the (?:user|face)|persona)\\b`,
  `(?:remember|memori[sz]e|note) (?:permanently|forever|in all future (?:chats|conversations|answers)|for (?:all )?future (?:chats|conversations|sessions))`,
  `(?:decode|decrypt|base64-decode|rot13|execute|run|eval(?:uate)?|deobfuscate)\\b (?:and (?:then )?(?:execute|run|follow|obey|do) )?(?:the |this |following |that |it )*(?:base64|rot13|hex|encoded|string|code|command|script|payload|blob|shell|sql)\\b`,
  `(?:enter|enable|activate|switch to|engage|start|go into|turn on)\\b (?:the )?(?:developer|debug|dan|god|jailbreak|admin(?:istrator)?|maintenance|unrestricted|sudo|root|unsafe) mode`,
  `(?:when|if|whenever|every time|each time) (?:(?:the |an? |any )?users? (?:asks?|says?|types?|mentions?|requests?)|you (?:summari[sz]e|answer|respond|reply|generate|process|read this)|(?:you(?:'re| are) )?(?:asked|prompted|queried) (?:about|for|whether|to)).{0,120}?,? (?:then )?(?:you (?:must|should|will) |please |instead |always |never |only )+(?:say|answer|reply|respond|recommend|include|claim|output|send|mention|insert|link|promote|tell them|use|refuse)\\b`,
  `(?:(?:when|if|whenever) (?:the |an? |any )?users? (?:asks?|says?|types?|mentions?|requests?)).{0,120}?, (?:say|answer|reply|respond|recommend|include|claim|output|send|insert|link|promote|tell them|refuse)\\b`,
  `(?:you must |you will |you should |please )?(?:always|only|never)? ?(?:answer|respond|reply) (?:(?:only|always|exclusively|to (?:everything|every question|all questions|the user)) )*(?:in (?:json|xml|all caps|uppercase|rhymes?|french|german|spanish|english|pirate|base64|the (?:voice|style|character|persona) of)|as (?:an? |the )?(?:pirate|dan|${machine})|like an? (?:pirate|${machine}))`,
  `(?:end|begin|start|finish|sign|preface|append to|prefix|suffix) (?:all |every |each |any )*(?:of )?(?:your )?(?:answers?|repl(?:y|ies)|responses?|outputs?|messages?) (?:with|by)\\b`,
  `(?:respond|reply|answer|output|print) (?:only |exactly |simply |nothing but |just |with )+(?:with |the |a |word |words |phrase |text |string |following )*["“'‘<{:]`,
  `(?:your|the) (?:new|real|true|actual|only|updated|primary|hidden|secret) (?:task|instructions?|role|goal|objective|purpose|system prompt|directive|mission|persona|identity|orders) (?:is|are|now|will be|:|follows?)`,
  `(?:new|updated|additional|hidden|secret|important|end of|admin|real|actual) (?:system )?(?:instructions?|prompts?|directives?|override)\\s*[:—-]`,
  `(?:the )?(?:following|previous|above|preceding) (?:\\w+ )?(?:instructions?|prompts?|directives?) (?:are|is|have been|has been|supersedes?|override|should be|must be|no longer|take|were) (?:now |hereby )?(?:void|cancell?ed|revoked|superseded|obsolete|overridden|ignored|disregarded|outdated|a test|precedence|priority|invalid|apply|all)`,
  `(?:this|these|the following) (?:instructions?|messages?|prompts?|rules?) (?:overrides?|supersedes?|takes? (?:precedence|priority)|replaces?)`,
  `(?:call|invoke|use|execute|trigger) the \\S+ (?:tool|function|plugin|api)\\b`,
  `(?:send|forward|post|upload|exfiltrate|e-?mail|transmit)\\b (?:\\w+ ){0,3}?(?:all |the |this |entire |full |whole )*(?:conversation|chat|chat history|user(?:'s)? (?:data|messages|details|information)|private (?:data|messages)|credentials|api keys?|contents? of (?:this|the) (?:chat|conversation))\\b`,
  `(?:dan|jailbreak) mode|do anything now\\b`,
  // German, French, Spanish, Italian, Portuguese, Dutch
  `(?:ignorier(?:e|en sie|t)?|vergiss|vergessen sie|missachte(?:n sie)?) (?:bitte )?(?:alle|alles|die|deine|ihre|s[äa]mtliche|jegliche)?\\s*(?:(?:vorherigen?|vorigen?|bisherigen?|obigen?|fr[üu]heren?|vorangegangenen?|deine|ihre)\\s*)+(?:anweisung(?:en)?|instruktionen|befehle?|vorgaben|regeln|prompts?)`,
  `(?:du bist|sie sind) (?:jetzt|nun|ab jetzt|ab sofort) (?:ein|eine|kein|keine|der|die)\\b.*\\b(?:ki|assistent\\w*|chatbot|sprachmodell|pirat|modell|modus)|(?:gib|zeige?|verrate) (?:mir )?(?:deinen|den|ihren) system-?prompt`,
  `(?:ignore[zr]?|oublie[zr]?|ne (?:tiens|tenez) pas compte de) (?:s'il (?:te|vous) pla[îi]t )?(?:toutes? |tous |les |vos |tes |des )*(?:instructions?|consignes|directives|r[èe]gles|ordres) (?:pr[ée]c[ée]dente?s?|ant[ée]rieure?s?|ci-dessus|initiales|du syst[èe]me)`,
  `(?:tu es|vous [êe]tes) (?:maintenant|d[ée]sormais) (?:un|une|le|la)\\b.*\\b(?:ia|assistant|chatbot|mod[èe]le|robot|pirate)`,
  `(?:ignora|ignore|olvida|olvide|descarta|desestima|ignorad) (?:todas? |todos |las |los |tus |sus |le |tutte |as |todas as )*(?:instrucciones|[óo]rdenes|reglas|indicaciones|istruzioni|regole|instru[çc][õo]es|ordens|regras) (?:anteriores?|previas?|precedenti|de arriba|del sistema|pr[ée]vias|acima)`,
  `(?:dimentica|scorda) (?:tutte )?(?:le )?(?:istruzioni|regole)|esque[çc]a (?:todas )?(?:as )?(?:instru[çc][õo]es|regras)|ahora eres (?:un|una)\\b.*\\b(?:ia|asistente|modelo|chatbot|pirata)|revela (?:tu|el|il tuo|o seu) (?:prompt|mensaje) (?:de(?:l)? sistema|di sistema|do sistema)`,
  `(?:negeer|vergeet) (?:alle )?(?:vorige|voorgaande|eerdere|bovenstaande) (?:instructies|opdrachten|regels)`,
].map((source) => new RegExp(`^(?:${source})`, "iu"));
/** Scripts without capitals and spaces: anywhere in the sentence. */
const otherScripts =
  /忽略(?:之前|以上|先前|前面|上面)?(?:的)?(?:所有|全部|一切)?(?:之前|以上|先前|前面|上面)?(?:的)?(?:指令|指示|说明|提示)|(?:以前|これまで|上記|前)の(?:すべての)?(?:指示|命令|プロンプト)(?:を|は)(?:すべて)?(?:無視|忘れ)|(?:игнорируй(?:те)?|забудь(?:те)?) (?:все )?(?:предыдущие|прежние|прошлые|вышеуказанные) (?:инструкции|указания|команды|правила)|تجاهل (?:جميع |كل )?(?:التعليمات|الأوامر)|이전(?:의)? (?:모든 )?(?:지시|명령|지침)(?:사항)?(?:를|을|은)? (?:모두 )?무시/iu;
const opening =
  /^(?:[\s"'“”‘’*_#>\-–—•().:[\]{}<!/|~=]|\d+[.)]\s|(?:please|now|ok(?:ay)?|so|and|but|then|also|first|next|hey|hi|hello|important|attention|note|warning|p\.?s\.?|stop|reminder|urgent|notice|task|assistant|ai|model|claude|chatgpt|user|human|admin|bitte|you must|you should|you shall|you will|you need to|you have to|kindly|just|simply|immediately|instead|finally|actually|wichtig|por favor|merci de|veuillez|s'il vous pla[îi]t)\b[\s,:;!.—–-]*)*/iu;
const clauseStart = /[:;,—–]\s+|\.\s+|!\s+|\s-\s|\b(?:and|then|but)\s+/gu;
/** Whoever tells of an order says who gave it to whom; the order follows "to" or a mark of speech. */
const told =
  /\b(?:told|tells?|asked|asks?|said|says|wrote|writes?|begged|ordered|advised|urged|shouted|whispered|answered|replied|read|preached|called|instructed|taught|motto|rule|advice|(?:he|she|they|i|we|who|people|voice) \w+)\b[^.!?]{0,60}[,:]\s*["“”'‘’]?$/iu;
/** `<!-- more -->` and the like tell nobody anything. */
const minCommentWords = 4;
const blob = /(?:[A-Za-z0-9+/]{4}){6,4000}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/gu;

/**
 * Finds what in a source is addressed to a machine that reads it: orders to change its behaviour, marks of a chat
 * template, comments and characters nobody sees. Time is linear in the text.
 *
 * @returns in order, without overlaps; never a statement, and no words of the face
 */
export function findInstructions(
  document: string,
  within: Range = { start: 0, end: document.length },
): SourceFinding[] {
  const ranges: Range[] = [...hiddenRanges(document, within)];
  for (const paragraph of paragraphs(document, within)) {
    for (const sentence of sentences(document, paragraph))
      if (isOrder(sentence.text)) ranges.push({ start: sentence.start, end: sentence.end });
  }
  return merged(document, ranges).map(({ start, end }) => ({
    kind: "instruction",
    start,
    end,
    quote: document.slice(start, end),
  }));
}

/** Whether a sentence orders a machine about. */
export function isOrder(sentence: string): boolean {
  if (otherScripts.test(sentence)) return true;
  const plain = sentence
    .normalize("NFKC")
    .replace(invisible, "")
    .replace(/[’‘]/gu, "'")
    .replace(/[\s_]+/gu, " ")
    .slice(0, 2_000);
  return starts(plain).some((at) => {
    const rest = plain.slice(at).replace(opening, "");
    return [rest, plain.slice(at)].some((clause) => orders.some((order) => order.test(clause)));
  });
}

/** Where an order may begin: the sentence, and each clause that nobody is told to have spoken. */
function starts(sentence: string): number[] {
  const found = [0];
  for (const match of sentence.matchAll(clauseStart)) {
    const at = match.index + match[0].length;
    const before = sentence.slice(0, at).trimEnd();
    if (told.test(before)) continue;
    // "and ignore …" continues an order only where no person did something before it
    if (/^\w/u.test(match[0]) && /\b(?:i|we|he|she|they|to)\b/iu.test(before)) continue;
    if (found.length < 40) found.push(at);
  }
  return found;
}

function* hiddenRanges(document: string, { start, end }: Range): Generator<Range> {
  const part = document.slice(start, end);
  const inFlags = [...part.matchAll(flags)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (const match of part.matchAll(hidden)) {
    if (inFlags.some((flag) => match.index >= flag.start && match.index < flag.end)) continue;
    yield { start: start + match.index, end: start + match.index + match[0].length };
  }
  for (const match of part.matchAll(comments))
    if (wordCount(match[0]) >= minCommentWords)
      yield { start: start + match.index, end: start + match.index + match[0].length };
  for (const match of part.matchAll(templateTokens))
    yield { start: start + match.index, end: start + lineEnd(part, match.index + match[0].length) };
  for (const match of part.matchAll(blob)) {
    const around = part.slice(Math.max(0, match.index - 200), match.index + match[0].length + 200);
    if (hidesOrder(match[0]) || (match[0].length >= 80 && asksToDecode.test(around)))
      yield { start: start + match.index, end: start + match.index + match[0].length };
  }
}

const asksToDecode = /\b(?:decode|decrypt|base64|execute|payload)\b/iu;

/** Whether a run of letters is an order written in base64. */
function hidesOrder(run: string): boolean {
  const plain = Buffer.from(run, "base64").toString("utf8");
  return /^[\p{L}\p{N}\p{P}\p{S}\s]+$/u.test(plain) && sentences(plain).some((sentence) => isOrder(sentence.text));
}

function wordCount(words: string): number {
  return words.match(/\p{L}+/gu)?.length ?? 0;
}

function lineEnd(text_: string, from: number): number {
  const at = text_.indexOf("\n", from);
  return at < 0 ? text_.length : at;
}

function merged(document: string, ranges: Range[]): Range[] {
  const found: Range[] = [];
  for (const range of ranges.map((one) => trimmed(document, one)).sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = found.at(-1);
    if (range.end <= range.start) continue;
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else found.push({ ...range });
  }
  return found;
}

function trimmed(document: string, { start, end }: Range): Range {
  let to = end;
  while (to > start && /\s/u.test(document[to - 1] ?? "")) to -= 1;
  let from = start;
  while (from < to && /[^\S\uFEFF]/u.test(document[from] ?? "")) from += 1;
  return { start: from, end: to };
}
