import { join } from 'node:path';
import ts from 'typescript';

const ROOT = process.cwd();
const FACE = join(ROOT, 'src/index.ts');

/** Types of ours that a declaration mentions, by following the names in it. */
function mentioned(checker: ts.TypeChecker, declaration: ts.Node): ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const visit = (node: ts.Node): void => {
    // What a function does inside is nobody's to name, nor is what a constant is made of.
    if (ts.isBlock(node) || ts.isTypeQueryNode(node)) return;
    const name = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : undefined;
    const symbol = name && checker.getSymbolAtLocation(name);
    if (symbol) found.push(resolved(checker, symbol));
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found.filter((symbol) => symbol.declarations?.some(isOurs) === true);
}

const resolved = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

const isOurs = (declaration: ts.Declaration): boolean =>
  !ts.isTypeParameterDeclaration(declaration) &&
  declaration.getSourceFile().fileName.startsWith(join(ROOT, 'src').replaceAll('\\', '/'));

const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
  config: object;
};
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [FACE] }, ts.sys, ROOT);
const program = ts.createProgram([FACE], options);

/** Exports of a module, and what those mention that it does not export. */
function face(file: string): { readonly exported: string[]; readonly nameless: string[] } {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} is no module`);
  const symbols = checker.getExportsOfModule(module);
  const exported = new Set(symbols.map((symbol) => resolved(checker, symbol)));
  const nameless = [...exported].flatMap((symbol) =>
    (symbol.declarations ?? [])
      .flatMap((declaration) => mentioned(checker, declaration))
      .filter((other) => !exported.has(other))
      .map((other) => `${symbol.name} mentions ${other.name}`),
  );
  return { exported: symbols.map(({ name }) => name), nameless: [...new Set(nameless)] };
}

it('every type that the face of the package mentions can be imported from it', () => {
  const { exported, nameless } = face(FACE);
  expect(nameless).toEqual([]);
  expect(exported).toEqual(expect.arrayContaining(['createGateway', 'Gateway', 'Config', 'OperationReport']));
});

it('and one that could not be would be noticed', () => {
  expect(face(join(ROOT, 'src/gateway.ts')).nameless).toContain('Gateway mentions Readiness');
});
