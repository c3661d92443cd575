/** Adds a row at the end of its parent's list. */
export function append<T>(lists: Map<string, T[]>, parent: string, row: T): void {
  const list = lists.get(parent);
  if (list) list.push(row);
  else lists.set(parent, [row]);
}

/** Takes a row off its parent's list. A parent left without any has no list. */
export function detach<T>(lists: Map<string, T[]>, parent: string, row: T): void {
  const list = lists.get(parent);
  if (list === undefined) return;
  drop(list, row);
  if (list.length === 0) lists.delete(parent);
}

export function drop<T>(list: T[], row: T): void {
  const place = list.indexOf(row);
  if (place >= 0) list.splice(place, 1);
}
