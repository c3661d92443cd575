import type { Behaviour } from '../../behaviour.ts';
import type { World } from '../../world/world.ts';

/** What a payload is drawn from: the truth, and the manners to tell it with. */
export interface Scene {
  world: World;
  behaviour: Behaviour;
}

export type Payload = Record<string, unknown>;

export interface Link {
  href: string;
  templated?: true;
}

/** A numeric id the way this Mode writes them. */
export function id(scene: Scene, value: number): string | number {
  return scene.behaviour.ids === 'strings' ? String(value) : value;
}

/** A path in the workspace, as Mode links it: relative to the host. */
export function api(scene: Scene, path = ''): string {
  return `/api/${scene.world.workspace.username}${path}`;
}

export function link(href: string): Link {
  return { href };
}

export function template(href: string): Link {
  return { templated: true, href };
}

/** The actions a row offers, unless rows are kept light. */
export function forms(scene: Scene, make: () => Payload): Payload {
  return scene.behaviour.weight === 'full' ? { _forms: make() } : {};
}

/** One input of a form, holding the current value. */
export function text(value?: unknown): Payload {
  return value === undefined ? { type: 'text' } : { type: 'text', value };
}

export function select(options: readonly unknown[], value: unknown): Payload {
  return { type: 'select', options, value };
}
