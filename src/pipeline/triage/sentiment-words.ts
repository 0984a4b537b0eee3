/** Words that carry a mood by themselves; the classifier learns how much each count weighs. */
const POSITIVE_WORDS =
  /(?<![\w'])(?:thanks?|thank you|thx|cheers|great|awesome|excellent|amazing|fantastic|brilliant|wonderful|perfect(?:ly)?|love(?:d|s|ly)?|nice(?:ly)?|good|best|better|beautiful(?:ly)?|helpful|helped|happy|glad|pleased|impress(?:ed|ive)|appreciate[ds]?|congrat\w*|kudos|enjoy(?:ed)?|elegant|neat|cool|sweet|superb|clean|simple|easy|works? (?:great|fine|well|perfectly|like a charm)|like a charm|well done|\+1|upvoted?|yay|wow|hooray|interesting|clever|smart|useful|recommend(?:ed)?|favou?rite|fun|exactly what|life ?saver|rock(?:s|ed)?|welcome|grateful|fine|spot on)(?![\w'])/g;
const NEGATIVE_WORDS =
  /(?<![\w'])(?:bad(?:ly)?|worse|worst|terrible|terribly|horrible|horribly|awful|ugly|hate[ds]?|annoy(?:ing|ed|s)|frustrat(?:ing|ed|ion)|sucks?|stupid|dumb|crap(?:py)?|shit(?:ty)?|damn|fuck\w*|hell|bloody|pain(?:ful)?|nightmare|mess(?:y)?|useless|pointless|ridiculous|unacceptable|disappoint(?:ed|ing|ment)|angry|furious|upset|sad(?:ly)?|sorry|unfortunately|afraid|worr(?:y|ied|ying)|confus(?:ed|ing)|stuck|struggl(?:e|ing)|crazy|insane|mad|evil|wrong|fail(?:s|ed|ing|ure)?|broken|broke|crash(?:es|ed|ing)?|error|problem|issue|impossible|weird|strange|hell|scary|disgust(?:ed|ing)|ignored?|rude|slow|waste[ds]?|lost|sick|tired|ugh|argh|wtf|omg|damned|hacky|nasty|gross|unfair|cheated|scam|complain(?:t|ing)?|never again|fed up|ruin(?:ed|s)?|lousy|poor(?:ly)?|hopeless|desperate|driving me|tearing|hair out|bug(?:gy|s)?|alas|shame|regret|disaster|lame|sucky|terrifying|horrific|inconsisten\w+|buggy)(?![\w'])/g;
const SMILE =
  /(?:[:;=]'?-?[)D>pP\]]|\^_?\^|<3|☺|🙂|😀|😃|😊|😍|👍|🎉|:\w*(?:smile|heart|tada|thumbsup|\+1)\w*:)/gu;
const FROWN = /(?:[:;=]'?-?[(/\\|[]|🙁|😞|😠|😡|👎|😢|😭|:\w*(?:cry|angry|rage|thumbsdown|-1)\w*:)(?!\/)/gu;

/** Marks for the classifier: which moods occur, how often, and how loudly. */
export function readMoodMarks(text: string): string[] {
  const folded = text
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/https?:\/\/\S+/g, ' ');
  const negated = folded.match(
    /(?:\bnot|n't|\bnever|\bno|\bwithout)(?:\s\w+){0,2}\s(?:good|great|helpful|happy|work\w*|like|nice|easy|clear|useful)\b/g,
  );
  const good = folded.match(POSITIVE_WORDS)?.length ?? 0;
  const bad = folded.match(NEGATIVE_WORDS)?.length ?? 0;
  const marks = [
    ...counted('good', good),
    ...counted('bad', bad),
    ...counted('smile', text.match(SMILE)?.length ?? 0),
    ...counted('frown', text.match(FROWN)?.length ?? 0),
    ...counted('bang', text.match(/!/g)?.length ?? 0),
    ...counted('question', text.match(/\?/g)?.length ?? 0),
    ...counted('negated', negated?.length ?? 0),
    `length ${Math.min(6, Math.floor(Math.log2(1 + folded.split(/\s+/).length)))}`,
  ];
  if (/\b[A-Z]{4,}\b[^a-z]*\b[A-Z]{3,}\b/.test(text)) marks.push('shouting');
  if (good > bad) marks.push('more good');
  if (bad > good) marks.push('more bad');
  if (good === 0 && bad === 0) marks.push('no mood');
  if (/^\W*(?:thanks?|thank you|great|awesome|nice|perfect|excellent|\+1|good|cool|wow)\b/.test(folded))
    marks.push('opens well');
  return marks;
}

function counted(name: string, count: number): string[] {
  if (count === 0) return [];
  return count === 1
    ? [name]
    : count === 2
      ? [name, `${name} twice`]
      : [name, `${name} twice`, `${name} often`];
}
