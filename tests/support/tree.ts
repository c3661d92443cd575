/** JSON, as answers are made of it. */
export type Tree = string | number | boolean | null | Tree[] | { [field: string]: Tree };

/** What stands at a dotted path, such as `workspace.collections.nodes.0`. Fails loudly where there is nothing. */
export function at(tree: Tree | undefined, path: string): Tree {
  let here = tree;
  for (const step of path.split('.')) {
    if (typeof here !== 'object' || here === null) throw new Error(`there is nothing at ${step} of ${path}`);
    here = Array.isArray(here) ? here[Number(step)] : here[step];
  }
  if (here === undefined) throw new Error(`there is nothing at ${path}`);
  return here;
}

export function listAt(tree: Tree | undefined, path: string): Tree[] {
  const list = at(tree, path);
  if (!Array.isArray(list)) throw new Error(`there is no list at ${path}`);
  return list;
}

export function textAt(tree: Tree | undefined, path: string): string {
  const text = at(tree, path);
  if (typeof text !== 'string') throw new Error(`there is no text at ${path}`);
  return text;
}
