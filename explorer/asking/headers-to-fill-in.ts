/** What is left to fill in: the hint without its dots. Sent as it is, it is refused, and says why. */
export function headersToFillIn(hint: string): string {
  return hint.replace('…', '').replace(/^\{(.*)\}$/, '{\n  $1\n}');
}
