/** One field of a query: `name: Class(arguments) { fields }`. */
export interface Selected {
  alias: string;
  name: string;
  args: Record<string, unknown>;
  fields: Selected[];
}

const TOKEN = /\s*(?:("(?:[^"\\\n]|\\.)*")|([A-Za-z_]\w*)|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([{}()[\]:,]))/y;

/** The part of GraphQL that Weaviate's own examples use: selections, aliases, arguments. Throws on anything else. */
export function parseQuery(text: string): Selected[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (const end = text.trimEnd().length; TOKEN.lastIndex < end; ) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new SyntaxError(`Syntax Error GraphQL at ${at}: ${text.slice(at, at + 40)}`);
    const token = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    if (token !== ',') tokens.push(token);
  }
  let at = 0;
  const expect = (token: string) => {
    if (tokens[at] !== token)
      throw new SyntaxError(`Syntax Error GraphQL: wanted ${token}, found ${tokens[at]}`);
    at += 1;
  };
  const many = <T>(open: string, close: string, one: () => T): T[] => {
    const all: T[] = [];
    for (expect(open); tokens[at] !== close; ) all.push(one());
    expect(close);
    return all;
  };
  const entry = (): [string, unknown] => {
    const name = tokens[at] ?? '';
    at += 1;
    expect(':');
    return [name, value()];
  };
  const value = (): unknown => {
    const token = tokens[at] ?? '';
    if (token === '[') return many('[', ']', value);
    if (token === '{') return Object.fromEntries(many('{', '}', entry));
    at += 1;
    return /^["\d-]/.test(token) ? JSON.parse(token) : token;
  };
  const selection = (): Selected => {
    let name = tokens[at] ?? '';
    const alias = name;
    at += 1;
    if (tokens[at] === ':') {
      name = tokens[at + 1] ?? '';
      at += 2;
    }
    const args = tokens[at] === '(' ? Object.fromEntries(many('(', ')', entry)) : {};
    return { alias, name, args, fields: tokens[at] === '{' ? many('{', '}', selection) : [] };
  };
  return many('{', '}', selection);
}
