#!/usr/bin/env node
// The command line's front door: refuses an old Node in one sentence before anything native is loaded.
import { setFlagsFromString } from 'node:v8';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `responsibot needs Node 22.12 or newer, and this is ${process.versions.node}: run it with "npm start" (the project brings its own Node) or install a newer one.\n`,
  );
  process.exit(2);
}
// V8 would grow the space for young objects to some 50 MB while the bot starts, and keep it: the idle bot would take
// a third more memory, and answers come no faster for it.
setFlagsFromString('--semi-space-growth-factor=1');
const { main } = await import('../dist/bot/responsibot.js');
await main(process.argv);
