/** Ways in which people edit a page of documentation: first those that change what a sentence says, then the rest. */

/** A page with one of its sentences cited. */
export interface CitedPage {
  body: string;
  /** As it stands in the body. */
  sentence: string;
  /** Another page of the same documentation. */
  other: string;
}

/** The body before and after (`before` only where the edit needs another start); undefined = the page is gone. */
export type Edited = {
  before?: { body: string; sentence: string };
  after: string | undefined;
  elsewhere?: string;
};

/** Undefined when the page has nothing that could be edited this way. */
export type Edit = (cited: CitedPage) => Edited | undefined;

const swap =
  (pattern: RegExp, to: string | ((match: string, ...groups: string[]) => string)): Edit =>
  ({ body, sentence }) => {
    if (!pattern.test(sentence)) return undefined;
    const changed = sentence.replace(pattern, to as string);
    return { after: body.replace(sentence, () => changed) };
  };

const rewrite =
  (make: (sentence: string) => string | undefined): Edit =>
  ({ body, sentence }) => {
    const changed = make(sentence);
    return changed === undefined ? undefined : { after: body.replace(sentence, () => changed) };
  };

const withoutStop = (sentence: string) => sentence.replace(/[.!?]$/, '');
const opposite: Record<string, string> = {
  before: 'after',
  after: 'before',
  more: 'less',
  enable: 'disable',
  automatically: 'manually',
  public: 'private',
  private: 'public',
  all: 'some',
  always: 'rarely',
  without: 'with',
  with: 'without',
};

/** Each changes what the sentence says, or takes it away. */
export const CHANGES: Record<string, Edit> = {
  'a digit': swap(/\d(?!\d*[.)]\s)/, (digit) => String((Number(digit) + 3) % 10)),
  'an amount': swap(/\$(\d+)/, (_all, amount) => `$${Number(amount) + 5}`),
  'a unit': swap(/\b(?:days?|hours?|minutes?|months?|weeks?|GB|MB)\b/, (unit) =>
    /GB|MB/.test(unit) ? (unit === 'GB' ? 'MB' : 'GB') : unit.startsWith('day') ? 'weeks' : 'days',
  ),
  'a negation added': swap(/\b(can|is|are|will|does|must)\b(?! not|n't)/, '$1 not'),
  'a negation removed': swap(/\b(?:not|never) /, ''),
  'a short negation added': swap(/\b(?:is|are) (?!not)/, (verb) => `${verb.trim()}n't `),
  'a condition at the end': rewrite((sentence) => `${withoutStop(sentence)} if you are on the Pro plan.`),
  'a condition in the middle': swap(/, /, ', unless a trial is running, '),
  'a condition in a sentence behind': rewrite((sentence) =>
    /[.]$/.test(sentence) ? `${sentence} This does not apply to trial accounts.` : undefined,
  ),
  'a condition removed': swap(/(?: if| when| unless| only)\b[^.,]*/, ''),
  'only added': swap(/\b(can|will|is|are) /, '$1 only '),
  'must made optional': swap(/\b(?:must|need to|have to|should)\b/, 'may'),
  'may made a must': swap(/\b(?:can|may)\b/, 'must'),
  'an opposite': swap(
    new RegExp(`\\b(?:${Object.keys(opposite).join('|')})\\b`),
    (word) => opposite[word] ?? '',
  ),
  'the name of a plan': swap(/\b(?:Hobby|Pro|Free|Enterprise|Trial)\b/, (plan) =>
    plan === 'Pro' ? 'Hobby' : 'Pro',
  ),
  'the name of a product': swap(/(?<=\w )(?:Railway|GitHub|Postgres|Docker|Redis)\b/, 'Vercel'),
  'a place to click': swap(/\b(?:Settings|Variables|Deployments|Networking|Environment)\b/, 'Billing'),
  'and for or': swap(/ (and|or) /, (_all, word) => (word === 'and' ? ' or ' : ' and ')),
  'another noun': swap(/\b(?:service|project|environment|deployment|domain|variable)\b/, 'invoice'),
  'deleted sentence': rewrite(() => ''),
  'deleted page': () => ({ after: undefined }),
  'new wording altogether': rewrite(() => 'Please ask in the forum, where somebody of the team replies.'),
  'half of it cut off': rewrite((sentence) => {
    const words = sentence.split(' ');
    return words.length < 10 ? undefined : `${words.slice(0, Math.ceil(words.length / 2)).join(' ')}.`;
  }),
};

const paragraphsOf = (body: string) => body.split('\n\n');
const isProse = (text: string) => /^[A-Z][^|<>{}`]{40,}$/.test(text);

/** Edits a paragraph that holds nothing of the sentence. */
const elsewhereOnPage =
  (make: (paragraph: string) => string): Edit =>
  ({ body, sentence }) => {
    const other = paragraphsOf(body).find((text) => isProse(text) && !text.includes(sentence));
    return other === undefined ? undefined : { after: body.replace(other, () => make(other)) };
  };

const wrapAt = (text: string, columns: number) =>
  text.split(' ').reduce((lines, word) => {
    const last = lines.slice(lines.lastIndexOf('\n') + 1);
    return lines === ''
      ? word
      : last.length + word.length > columns
        ? `${lines}\n${word}`
        : `${lines} ${word}`;
  }, '');

/** None changes what the sentence says. */
export const COSMETICS: Record<string, Edit> = {
  'lines broken elsewhere': rewrite((sentence) => wrapAt(sentence, 28)),
  'a word in bold': swap(/(?<=[a-z] )([a-z]{5,})(?= )/, '**$1**'),
  'a word in italics': swap(/(?<=[a-z] )([a-z]{5,})(?= )/, '_$1_'),
  'a word in code': swap(/(?<=[a-z] )([a-z]{5,})(?= )/, '`$1`'),
  'a link’s address': swap(/\]\(([^)]+)\)/, '](/somewhere/else)'),
  'a new link': swap(/(?<=[a-z] )([a-z]{5,})(?= )/, '[$1](https://docs.example/new "Title")'),
  'a heading renamed': ({ body, sentence }) => {
    const heading = /^#{2,4} .+$/m.exec(body)?.[0];
    return heading === undefined || sentence.includes(heading)
      ? undefined
      : { after: body.replace(heading, '### Something else') };
  },
  'a level of heading': ({ body }) =>
    /^## /m.test(body) ? { after: body.replace(/^## /gm, '#### ') } : undefined,
  'another paragraph rewritten': elsewhereOnPage(
    () => 'All of this is new and costs $99 for 12 months, never less.',
  ),
  'another paragraph deleted': elsewhereOnPage(() => ''),
  'a digit in another paragraph': elsewhereOnPage((text) => `${text} It takes 45 minutes.`),
  'a paragraph put before everything': ({ body }) => ({ after: `This page was checked in 2027.\n\n${body}` }),
  'a paragraph put behind everything': ({ body }) => ({
    after: `${body}\n\nThis does not work on Windows 7.\n`,
  }),
  'moved to the end of the page': ({ body, sentence }) => ({
    after: `${body.replace(sentence, '')}\n\n## More\n\n${sentence}\n`,
  }),
  'moved to another page': ({ body, sentence, other }) => ({
    after: body.replace(sentence, ''),
    elsewhere: `${other}\n\n## Moved here\n\n${sentence}\n`,
  }),
  'curly quotes and dashes': swap(/['"]| - /, (mark) => (mark === ' - ' ? ' – ' : mark === "'" ? '’' : '”')),
  'a mark of a list': ({ body, sentence }) => {
    const line = body.split('\n').find((text) => text.includes(sentence)) ?? '';
    if (!/^\s*[-*] /.test(line)) return undefined;
    const changed = line.replace(/^(\s*)[-*] /, '$11. ');
    return { after: body.replace(line, () => changed) };
  },
  'a paragraph made a quote': ({ body, sentence }) => {
    const paragraph = paragraphsOf(body).find((text) => text.includes(sentence)) ?? '';
    return /^[A-Z]/.test(paragraph)
      ? { after: body.replace(paragraph, () => `> ${paragraph.replaceAll('\n', '\n> ')}`) }
      : undefined;
  },
  'no full stop': rewrite((sentence) => (/[.]$/.test(sentence) ? `${withoutStop(sentence)}!` : undefined)),
  'a comma less': swap(/, (?=and|or|which|you|to)/, ' '),
  'capital letters': swap(/(?<=[a-z] )([a-z]{5,})(?= )/, (word) => word.toUpperCase()),
  'the for your': swap(/\b(?:the|your) /, (word) => (word === 'the ' ? 'your ' : 'the ')),
  'a typing error put right': ({ body, sentence }) => {
    const word = /(?<=[a-z] )[a-z]{7,}(?= )/.exec(sentence)?.[0];
    if (word === undefined) return undefined;
    const wrong = `${word.slice(0, 4)}${word[5]}${word[4]}${word.slice(6)}`;
    if (wrong === word) return undefined;
    const misspelt = sentence.replace(word, wrong);
    return { before: { body: body.replace(sentence, () => misspelt), sentence: misspelt }, after: body };
  },
  'short forms': swap(/\b(?:do not|cannot|is not|you will|don't|can't|isn't|you'll)\b/, (form) => {
    const other: Record<string, string> = { 'do not': "don't", cannot: "can't", 'is not': "isn't" };
    const long: Record<string, string> = {
      "don't": 'do not',
      "can't": 'cannot',
      "isn't": 'is not',
      "you'll": 'you will',
    };
    return other[form] ?? long[form] ?? "you'll";
  }),
  'entities and hard blanks': swap(/ (?=[a-z])/, '&nbsp;'),
  'blank lines and trailing blanks': ({ body }) => ({ after: body.replaceAll('\n\n', '  \n\n\n') }),
  'a comment in the source': ({ body }) => ({ after: `<!-- checked by Ann on 2027-01-01 -->\n\n${body}` }),
  'another sentence of the paragraph': ({ body, sentence }) => {
    const paragraph = paragraphsOf(body).find((text) => text.includes(sentence)) ?? '';
    const rest = paragraph.replace(sentence, '');
    const neighbour = /(?:^|(?<=\. ))[A-Z][^.|<>{}[\]`]{30,}\./.exec(rest)?.[0];
    if (neighbour === undefined || !/^[A-Z]/.test(paragraph)) return undefined;
    return { after: body.replace(neighbour, 'The team explains the reasons in its journal of 2027.') };
  },
};
