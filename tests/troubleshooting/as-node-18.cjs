'use strict';
// Loaded before the command, which then takes this Node.js for an older one.
const process = require('process');
Object.defineProperty(process, 'versions', { value: Object.assign({}, process.versions, { node: '18.20.8' }) });
