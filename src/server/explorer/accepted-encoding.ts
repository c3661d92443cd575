/**
 * The first of the encodings on offer that a request takes, by its `Accept-Encoding`; undefined when it takes none, and
 * must be sent the file as it is.
 */
export function acceptedEncoding<Name extends string>(
  header: string | null,
  offered: readonly Name[],
): Name | undefined {
  const accepted = (header ?? '').split(',').flatMap((part) => {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase());
    // Of the weights only this one matters: it refuses.
    return parameters.some((parameter) => /^q\s*=\s*0(\.0*)?$/.test(parameter)) ? [] : [name];
  });
  return offered.find((name) => accepted.includes(name));
}
