// Renews the table of commands in README.md from the commands themselves.
import { readFileSync, writeFileSync } from 'node:fs';
import { commandSpecs } from '../src/cli/command-specs.ts';
import { withCommandTable } from './command-table.ts';

const path = new URL('../README.md', import.meta.url);
writeFileSync(path, withCommandTable(readFileSync(path, 'utf8'), commandSpecs()));
