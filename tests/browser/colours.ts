import type { Page } from 'playwright-core';

/** How text of the panel stands out from what is behind it. */
export async function contrasts(page: Page): Promise<{ name: string; ratio: number }[]> {
  const places = ['.upstream-title', '.upstream-small', '.upstream-figures b', '.upstream-how', '.upstream-legend dd'];
  return Promise.all(
    places.map(async (place) => {
      const [text, background] = await coloursOf(page, place);
      const [light = 0, dark = 0] = [luminance(text), luminance(background)].sort((one, other) => other - one);
      return { name: place, ratio: (light + 0.05) / (dark + 0.05) };
    }),
  );
}

type Colour = readonly number[];

/** Of the text, and of what is behind it, as they look: with all that is transparent laid over what is below. */
export async function coloursOf(page: Page, place: string): Promise<[Colour, Colour]> {
  const layers = await page
    .locator(place)
    .first()
    .evaluate((element) => {
      const colours: string[] = [getComputedStyle(element).color];
      for (let at: Element | null = element; at; at = at.parentElement)
        colours.push(getComputedStyle(at).backgroundColor);
      return colours;
    });
  const [text = [0, 0, 0, 1], ...behind] = layers.map((layer) => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = [...layer.matchAll(/[\d.]+/g)].map(([found]) => Number(found));
    return [red, green, blue, alpha];
  });
  const over = (below: Colour, above: Colour): Colour => {
    const alpha = above[3] ?? 1;
    return [0, 1, 2].map((at) => (above[at] ?? 0) * alpha + (below[at] ?? 0) * (1 - alpha));
  };
  const background = behind.reverse().reduce<Colour>(over, [255, 255, 255]);
  return [over(background, text), background];
}

/** As the WCAG define it, from 0 to 1. */
export function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
