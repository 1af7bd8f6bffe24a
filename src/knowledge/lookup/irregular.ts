// Forms that no rule of endings joins: irregular verbs and plurals of English, as far as duties are told with them.

const table = `
arise arose arisen|beat beaten|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken|build built
burn burnt|buy bought|catch caught|choose chose chosen|cling clung|creep crept|dig dug|draw drew drawn
drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|fight fought|flee fled|fly flew flown
forbid forbade forbidden|freeze froze frozen|grow grew grown|hang hung|hide hid hidden|hold held|lead led
lend lent|light lit|lose lost|mislead misled|overwrite overwrote overwritten|pay paid|prove proven|rewrite rewrote rewritten
ride rode ridden|ring rang rung|rise rose risen|seek sought|sell sold|send sent|shake shook shaken|shine shone
shoot shot|shrink shrank shrunk|sink sank sunk|sleep slept|speak spoke spoken|spend spent|spin spun|steal stole stolen
stick stuck|strike struck stricken|swear swore sworn|sweep swept|swell swelled swollen|swing swung|teach taught
tear tore torn|throw threw thrown|undo undid undone|wake woke woken|wear wore worn|weave wove woven|withdraw withdrew withdrawn
write wrote written|woman women|man men|mouse mice|criterion criteria|vertex vertices|index indices
knife knives|thief thieves|shelf shelves|wolf wolves|half halves`;

/** From an irregular form to the word itself. */
export const irregular: ReadonlyMap<string, string> = new Map(
  table.split(/[|\n]/).flatMap((row) => {
    const [word = '', ...forms] = row.trim().split(' ');
    return forms.map((form): [string, string] => [form, word]);
  }),
);
