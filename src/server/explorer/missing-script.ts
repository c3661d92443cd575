import { createHash } from 'node:crypto';

/**
 * The one script that stands in the page itself: it says why the page stays empty when the explorer's own script does not
 * come. Only such a one can, for what lies below the page's address is what is missing then. A module that fails is told
 * of when the page has been parsed, so that there is a place to say it.
 */
export const MISSING_SCRIPT = `addEventListener('error', ({ target }) => {
  if (target.localName !== 'script') return;
  document.getElementById('explorer').textContent = 'The explorer’s script did not come: ' + target.src + '. ' +
    'Whatever stands in front of the gateway has to pass on what is below this address, too. ' +
    'In Express that is app.use instead of app.all, in Fastify and Hono a route that ends in /*, ' +
    'in a proxy the path as a prefix. Questions are answered without the explorer.';
}, true);`;

/** As the page's policy names it. */
export const MISSING_SCRIPT_HASH = `'sha256-${createHash('sha256').update(MISSING_SCRIPT).digest('base64')}'`;
