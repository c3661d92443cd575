#!/usr/bin/env node
'use strict';
// The command of the installed package.
if (require('./needs-node.cjs').isNewEnough()) require('./load.cjs').built();
