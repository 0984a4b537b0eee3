import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface Import {
  /** A path from the root of the repository, or the name of a package or built-in module. */
  to: string;
  isFile: boolean;
  isTypeOnly: boolean;
}

/** What the rules of the house need to know of one source file. */
export interface SourceFacts {
  path: string;
  lines: number;
  imports: Import[];
  /** Specifiers of `export … from '…'`. */
  reexports: string[];
  hasDefaultExport: boolean;
  readsEnvironment: boolean;
  /** `Date.now()`, `new Date()` and the like, with their line. */
  clockReads: string[];
  functions: { name: string; line: number; lines: number }[];
}

/** The text of every file that the rules of the house are about, by its path from the root. */
export function readSourceFiles(): Map<string, string> {
  const folders = ['src', 'scripts', 'manifests'].filter((folder) => existsSync(join(ROOT, folder)));
  const paths = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.[cm]?[jt]sx?$/.test(path))
      .map((path) => `${folder}/${path.split('\\').join('/')}`),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

export function factsOf(path: string, text: string): SourceFacts {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const facts: SourceFacts = {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: [],
    reexports: [],
    hasDefaultExport: false,
    readsEnvironment: false,
    clockReads: [],
    functions: [],
  };
  const visit = (node: ts.Node): void => {
    noteImport(node, facts);
    if (ts.isExportAssignment(node) || isDefaultExport(node)) facts.hasDefaultExport = true;
    if (readsEnvironment(node)) facts.readsEnvironment = true;
    if (readsClock(node))
      facts.clockReads.push(`${node.getText(source)} in line ${lineOf(node.getStart(source))}`);
    if (isFunction(node)) {
      const line = lineOf(node.getStart(source));
      facts.functions.push({ name: nameOf(node), line, lines: lineOf(node.end) - line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return facts;
}

function noteImport(node: ts.Node, facts: SourceFacts): void {
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const isFile = specifier.text.startsWith('.');
    const to = isFile ? posix.join(posix.dirname(facts.path), specifier.text) : specifier.text;
    facts.imports.push({ to, isFile, isTypeOnly });
  };
  if (ts.isImportDeclaration(node)) {
    add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
  } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    add(node.moduleSpecifier, node.isTypeOnly);
    facts.reexports.push(node.moduleSpecifier.getText());
  } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    add(node.argument.literal, true);
  } else if (ts.isCallExpression(node)) {
    const called = node.expression;
    const loads =
      called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require');
    if (loads) add(node.arguments[0], false);
  }
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  if (!ts.canHaveModifiers(node)) return false;
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false;
}

function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node))
    return node.name.text === 'env' && node.expression.getText() === 'process';
  // `const { env } = process` and `import { env } from 'node:process'`
  if (ts.isVariableDeclaration(node) && node.initializer?.getText() === 'process') return true;
  return ts.isImportDeclaration(node) && /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText());
}

function readsClock(node: ts.Node): boolean {
  if (ts.isNewExpression(node))
    return node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0;
  if (!ts.isCallExpression(node)) return false;
  return ['Date.now', 'Date', 'performance.now', 'process.hrtime'].includes(node.expression.getText());
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function nameOf(node: ts.FunctionLikeDeclaration): string {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return named?.getText() ?? 'a function without a name';
}
