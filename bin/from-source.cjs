'use strict';
// The same for npm's scripts in a clone: no build can be stale.
if (require('./needs-node.cjs').isNewEnough()) require('./load.cjs').sources();
