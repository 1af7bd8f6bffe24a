// The table of variables in words: the text of `.env.example` and of docs/configuration.md.
import { type Variable, variables } from './variables.ts';

const rows = Object.entries<Variable>(variables);
const groups = [...new Set(rows.map(([, row]) => row.group))];

/** The text of `.env.example`: every variable with its meaning, default and an example, all commented out. */
export function envExample(): string {
  const sections = groups.map((group) => {
    const items = rows.filter(([, row]) => row.group === group).map(([name, row]) => exampleItem(name, row));
    return `## ${group}\n\n${items.join('\n\n')}\n`;
  });
  return `# Copy this file to .env and uncomment what you need; a variable set in the environment wins over .env.\n# Written by scripts/write-env-example.ts from src/config/variables.ts: change it there.\n\n${sections.join('\n')}`;
}

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  const sections = groups.map((group) => {
    const items = rows.filter(([, row]) => row.group === group).map(([name, row]) => tableRow(name, row));
    return `## ${group}\n\n| variable | meaning | must be | default |\n| --- | --- | --- | --- |\n${items.join('\n')}\n`;
  });
  return `<!-- Written by scripts/write-env-example.ts from src/config/variables.ts: change it there. -->\n# Configuration\n\nEvery variable is optional. \`.env\` in the working folder is read, and a variable set in the environment wins over it. Unknown variables are ignored and empty ones count as unset. A malformed value or an incomplete set ends the start with exit code 2 and one sentence that names the variable.\n\n${sections.join('\n')}`;
}

function exampleItem(name: string, row: Variable): string {
  const fallback = row.fallback === undefined ? '' : `\n# Default: ${row.fallback}`;
  return `# ${row.summary}${fallback}\n# ${name}=${row.example}`;
}

function tableRow(name: string, row: Variable): string {
  const fallback = row.fallback === undefined ? '–' : `\`${row.fallback}\``;
  return `| \`${name}\` | ${row.summary}${row.secret ? ' Secret.' : ''} | ${row.wants} | ${fallback} |`;
}
