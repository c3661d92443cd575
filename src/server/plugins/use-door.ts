import type { Plugin } from 'graphql-yoga';
import { recognise } from '../callers/caller-of.ts';
import type { Door } from '../callers/door.ts';
import { refusal } from '../refusal.ts';

/**
 * Lets in whom the door admits. The explorer's page comes before this plugin: a browser cannot send a header with an
 * address, and the page holds no data.
 */
export function useDoor(door: Door): Plugin {
  return {
    // Asks no path: whatever comes this far could be executed.
    async onRequest({ request, endResponse, fetchAPI }) {
      const admission = await door.admit(request.headers, request.signal);
      if ('refusal' in admission) endResponse(refusal(fetchAPI, admission.refusal));
      else recognise(request, admission);
    },
  };
}
