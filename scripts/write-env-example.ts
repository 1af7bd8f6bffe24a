// Writes .env.example and docs/configuration.md from the table of variables in src/config/variables.ts.
import { writeFileSync } from 'node:fs';
import { configurationPage, envExample } from '../src/config/document.ts';

const root = new URL('../', import.meta.url);
writeFileSync(new URL('.env.example', root), envExample());
writeFileSync(new URL('docs/configuration.md', root), configurationPage());
