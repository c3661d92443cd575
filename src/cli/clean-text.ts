/**
 * What terminals obey instead of showing it: control characters, C1 ones among them, and those that turn the direction
 * of writing. Names and SQL come from whoever may edit a report, and must not steer the screen of whoever lists them.
 */
// eslint-disable-next-line no-control-regex
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text for a screen, its tabs and line ends kept. */
export function cleanText(text: string): string {
  return text.replaceAll(STEERING, '\u{fffd}');
}

/** The same on one line. */
export function cleanLine(text: string): string {
  return cleanText(text.replaceAll(/\s+/g, ' ')).trim();
}

/** JSON that says the same and steers no screen: those characters stand in strings alone, where they may be escaped. */
export function cleanJson(json: string): string {
  return json.replaceAll(STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
