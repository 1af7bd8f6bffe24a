// What kind of question it is: about responsibility or about something else, about one service or several.

/**
 * `asked`: it says so; `bare`: a phrase without a question ("guest os updates"); `fact`: is there, what, when …, which
 * may still be about who does it; `other`: how to, how much, what is …
 */
export type Intent = 'asked' | 'bare' | 'fact' | 'other';

/** Wordings that ask for somebody: "who", "whose job", "in charge", "AWS or us", "how is it split". */
const strong =
  /\b(?:who(?:se|m|'s|s|ever)?|responsib\w*|respons\w*|accountab\w*|answerable|liable|in charge|which (?:party|parties|side|one of)|(?:what|which) part|dut(?:y|ies)|obligat\w*|(?:my|our|your|their|its|aws'?s?|amazon'?s?|customers?'?s?|provider'?s?) (?:\w+ )?(?:job|task|work|problem|business|side|burden|role|duty|responsibility|part)|(?:job|task|burden|matter) (?:for|of)|up to (?:me|us|you|aws|amazon|the customer)|(?:aws|amazon|provider|me|us|we|i|you|customer|vendor|they|them|theirs|mine|ours|yours) or (?:is |does |do |must |the |should |am |are )?(?:it |that )?(?:aws|amazon|the |provider|me|us|we|i|you|customer|they|them|theirs|mine|ours|yours)|what(?:'s| is| are) (?:mine|ours|yours|theirs|amazon's|aws's)|split|divided?|shared? (?:control|responsib\w*)|falls? (?:to|on|under|within|outside|into)|fall to|left to|belongs? to|belong|care of|looks? after|supposed to|expected to|on (?:me|us) to|for (?:me|us) to|done by|handled by|performed by|carried out by|managed by|inherit\w*|hand(?:s|ed)? (?:me|us|over)|own(?:s|er|ed|ership)?)\b/;

/** Wordings that ask whether somebody does: "does AWS patch", "do I need to". */
const weak =
  /\b(?:(?:do|does|did|will|would|can|could|must|should|is|are|am|has|have|need|needs|was|were)(?:n't)? (?:i|we|you|one|aws|amazon|my \w+|our \w+|the customer|customers?|a customer|the provider|the cloud provider|my (?:team|company)|our (?:team|company)|users?|they|it|that|this)|(?:i|we|you|aws|amazon|customers?|they) (?:must|should|have to|has to|need to|needs to|still|ought)|need to|have to|automatically|by itself|by default)\b/;

const opening = '^(?:(?:hey|hi|hello|so|and|but|please|ok|okay|well|quick question|question)\\b[ ,:]*)*';

/** Openings that ask for instructions, or ask the bot for something else: their answer is never a party. */
const other = new RegExp(
  `${opening}(?:how (?:do|can|should|would|could|did) (?:i|we|you|one)\\b|how (?:to|much|many|fast|long|big|large|old|far|often|good)\\b|(?:can|could|will) you\\b|(?:give|show|list|explain|define|describe|write|convert|translate|summari[sz]e|create|make|build|generate|recommend|compare) (?:me|us|a|an|my|our|this|that|the|all|some|prices?|it)\\b|translate .* (?:to|into) |when (?:will|was|were|did|is|are) (?!i\\b|we\\b|my\\b|our\\b|aws\\b|amazon\\b)|help\\b|steps? (?:to|for)\\b|instructions (?:to|for|on)\\b|best\\b|cheapest|pric(?:e|ing)\\b|tutorial|do you\\b|are you\\b|should i use|(?:what|which) [\\w -]+ do (?:i|we|you) need\\b|(?:what|which) (?:console )?(?:page|tab|menu|button|screen)s?\\b|(?:in )?(?:what|which) regions? (?:is|are|has|have|offers?|supports?)\\b|(?:what|which) [\\w -]+ should (?:i|we|you) (?:take|use|learn|buy|read|pick|get)\\b|why (?:(?:is|are|was|were)(?:n't)?\\b|(?:does|do|did|has|have|can|will)(?:n't)? (?:my|our|the)\\b)|can (?:two|several|multiple|many|more than)\\b)`,
);
/** Openings that ask for a fact, unless the question asks for somebody's doing too. */
const factual = new RegExp(
  `${opening}(?:what(?! (?:about|part))|is there|are there|which|why|when|where|is it possible|how(?! come)|(?:the )?differences? between)\\b`,
);
/** Openings that ask what something is, whatever else they say. */
const definition = new RegExp(
  `${opening}(?:what(?:'s| is| are| was| were| does) (?:(?:a|an|the|aws|amazon) )?(?:[\\w-]+ ){1,3}(?:stand for|mean|called)|what does [^.?!]{1,60}\\bmean\\b|what(?:'?s| is| are) (?:a|an|the)\\b|what (?:port|version|size|limit|sla|service level|time|day)s?\\b|(?:what(?:'?s| is| are) )?(?:the )?differences? between\\b|(?:which|what) (?:cli |api |aws )?(?:command|call|method)\\b|(?:aws )?(?:cli )?command (?:for|to)\\b|when (?:was|were|did) [^.?!]*\\b(?:launched|released|introduced|announced|invented|founded|come out|launch)\\b)`,
);

/** Asks what a service is able to do. */
const capability =
  /\b(?:does|do|can|will) (?!not\b|aws\b|amazon (?:do|take|keep|have)|i\b|we\b|you\b|they\b|it\b|the customer|customers?\b)(?:[\w./-]+ ){1,3}(?:support|store|integrate|work with|speak|connect to|run)\b|^which [\w -]+ (?:have|has|supports?|offers?|uses?|are available|is available|can (?:i|we|you|one) (?:pick|choose|select|use)|can be (?:had|used|found|chosen|picked))\b/;
/** Asks which is better, not whose it is. */
const ranking =
  /\b(?:cost (?:per|an) |what does .* cost\b|easier|harder|quicker|slower|cheaper|cheapest|faster|fastest|better|costs? more|expensive|what does \w+ stand for)\b/;

/** Whatever comes before: a yes, a way or a fault is asked for. */
const closing =
  /\b(?:yes or no|and how|what (?:did|do) (?:i|we) do wrong|what (?:went|is|'s) wrong)\b[^\w]*$/;
/** Asks what it costs, not who keeps the costs in check. */
const price =
  /\b(?:(?:does|do|will|would) [^.?!]*\bcosts? (?:anything|something|money|extra|more|me|us|less)\b|(?:is|are|do|does|will|would) [^.?!]*\b(?:billed|charged|free of charge|for free|chargeable|cheap)\b|(?:what|which|how big a) (?:discount|price|fee|rate|cost)s?\b|(?:per|an) (?:hour|gb|gigabyte|request|month) (?:cost|price|fee)s?\b)/;

export function intentOf(text: string): Intent {
  const said = text.toLowerCase().replaceAll('’', "'").trim();
  if (strong.test(said) || asksForEverything(said)) return 'asked';
  const last = said.split(/[.!?\n]+\s*/).findLast((sentence) => sentence.trim() !== '') ?? said;
  if ([other, definition].some((form) => form.test(last) || form.test(said))) return 'other';
  if (ranking.test(said) || capability.test(said)) return 'other';
  if (price.test(said) || closing.test(said)) return 'other';
  if (weak.test(said)) return 'asked';
  return factual.test(last) && (text.includes('?') || !/^which/.test(last)) ? 'fact' : 'bare';
}

/** True of a sentence that asks, in a text of several: the others are its context. */
export function asks(sentence: string): boolean {
  const said = sentence.toLowerCase().replaceAll('’', "'");
  return strong.test(said) || said.includes('?') || other.test(said.trim()) || factual.test(said.trim());
}

/** "who provides security groups": the mechanism is asked for, not its use. */
export function asksForMechanism(text: string): boolean {
  return mechanism.test(text);
}

const mechanism = new RegExp(
  [
    '\\b(?:who|which (?:party|side)|(?:does|do|is|must|should) (?:aws|amazon|the (?:cloud )?provider|the customer|customers?)) (?:\\w+ )?(?:provid\\w+|suppl\\w+|offer\\w*|makes? available)\\b',
    '\\b(?:provided|supplied|offered|made available) by\\W*(?:who|which|aws or|amazon or|$)',
  ].join('|'),
  'i',
);

/** "In general, who …": no case of it is meant, whatever cases are told. */
export function asksInGeneral(text: string): boolean {
  return /\b(?:in general|generally|overall|on the whole|all in all)\b/i.test(text);
}

/** Words that stand between things to be compared. */
export const comparing = new Set([
  'vs',
  'versus',
  'or',
  'and',
  'against',
  'compared',
  'than',
  'between',
  'both',
  'v',
]);

/** Asks for all duties at once: "what stays with us on Fargate", "which things do I do and which does AWS". */
export function asksForEverything(text: string): boolean {
  return everything.test(text.toLowerCase());
}

const our = '(?:me|us|my|our|mine|ours|customers?|clients?|users?|aws|amazon|they|them|theirs|provider)';
const everything = new RegExp(
  [
    'who (?:does|handles|owns|manages) what\\b',
    `\\b(?:what|which(?: things| tasks| duties| parts| jobs| bits)?) (?:do|does|must|should|can|is|are|will) [^.?!]*\\b(?:and|or) (?:what|which)(?: things| tasks| duties| parts| jobs| bits)?\\b[^.?!]*\\b${our}\\b`,
    `\\b(?:what|which(?: \\w+)?) (?:still )?(?:stays?|remains?|is left|are left)\\b[^.?!]*\\b${our}\\b`,
    `\\b(?:what|which) [^.?!]*\\bleaves? (?:to|with|for|up to) (?:the )?${our}\\b`,
    '\\b(?:off|out of) (?:my|our) hands\\b',
    '\\bon (?:my|our) plate\\b',
    '\\b(?:overview|summary|breakdown|list|split|division) of (?:the |all )?(?:split|duties|responsibilities|tasks|who)\\b',
  ].join('|'),
);

/** A question about the whole of a service: "who does what on RDS", "RDS responsibilities". */
export function asksForSummary(text: string): boolean {
  return /\b(?:what|everything|all|overview|summary|summari[sz]e|split|divided?|responsibilit(?:y|ies)|duties|tasks|model|which part|what part|breakdown|compare|side by side|handle|manage|manages|managed|for what)\b/i.test(
    text,
  );
}
