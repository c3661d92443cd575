/** Makes something at its first asking, and keeps it. */
export function once<Made>(make: () => Made): () => Made {
  let known: { readonly made: Made } | undefined;
  return () => (known ??= { made: make() }).made;
}

/** Makes something out of an object once, and keeps it for as long as the object lives. */
export function madeOnce<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const known = new WeakMap<Of, { readonly made: Made }>();
  return (of) => {
    let entry = known.get(of);
    if (!entry) known.set(of, (entry = { made: make(of) }));
    return entry.made;
  };
}

/** The same of two objects. */
export function madeOnceOfTwo<A extends object, B extends object, Made>(make: (a: A, b: B) => Made) {
  const ofA = madeOnce((a: A) => madeOnce((b: B) => make(a, b)));
  return (a: A, b: B): Made => ofA(a)(b);
}
