import type { Plugin } from 'graphql-yoga';
import { refusal } from '../refusal.ts';

/** The types in which Yoga reads a question, less the forms. */
const ACCEPTED = /^application\/(json|graphql\+json|graphql)\s*(;|,|$)/;

/**
 * Takes questions as JSON only. Forms and plain text are what any page can make a browser send without asking us
 * first; no client sends a question in them, and there are no uploads.
 */
export function useJsonBodies(): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      if (request.method !== 'POST' || ACCEPTED.test(request.headers.get('content-type') ?? '')) return;
      const message = 'A question is sent with "Content-Type: application/json".';
      endResponse(refusal(fetchAPI, { status: 415, code: 'BAD_REQUEST', message }));
    },
  };
}
