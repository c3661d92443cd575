import { BREAK, visit, type ASTVisitor, type DocumentNode } from 'graphql';

/**
 * Whether graphql-jit carries out a document as it should. It does not
 *
 * - where fields have conditions: it loses those of a fragment that is spread twice, and of fields that are merged;
 * - where names have an underscore: it joins those of a path by one to find what a resolver is told of its field, and two
 *   paths may then be one. What `__typename` is, no resolver is asked.
 */
export function isFitToCompile(document: DocumentNode): boolean {
  return isFreeOf(document, (unfit) => ({
    Directive: unfit,
    Field({ name, alias }) {
      if (alias === undefined && name.value === '__typename') return undefined;
      return (alias ?? name).value.includes('_') ? unfit() : undefined;
    },
  }));
}

/**
 * Whether a document holds no value that somebody has written into it: whatever there is of them the compiler may make
 * code of, and names are all that is left for a caller to choose.
 */
export function isFreeOfValues(document: DocumentNode): boolean {
  return isFreeOf(document, (found) => ({
    StringValue: found,
    IntValue: found,
    FloatValue: found,
    BooleanValue: found,
    EnumValue: found,
    NullValue: found,
    ListValue: found,
    ObjectValue: found,
  }));
}

/** Whether a visitor that ends the visit where it finds something, ends it nowhere. */
function isFreeOf(document: DocumentNode, visitorOf: (found: () => typeof BREAK) => ASTVisitor): boolean {
  let isFree = true;
  const found = (): typeof BREAK => {
    isFree = false;
    return BREAK;
  };
  visit(document, visitorOf(found));
  return isFree;
}
