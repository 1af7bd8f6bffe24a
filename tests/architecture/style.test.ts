// House rules that a formatter cannot see: size, names, first lines, injected time and finished work.
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { nodes, parseFile, readText, type SourceFile, sourceFiles, trackedFiles } from './source-files.ts';

const everywhere = sourceFiles('src', 'commands', 'tests', 'bench', 'scripts');
const product = everywhere.filter(({ path }) => /^(src|commands)\//.test(path));
const LINES_MAX = 300;
/** A test's table of cases, or a local server that speaks a platform's protocol, may be longer. */
const TEST_LINES_MAX = 400;

it('no file is longer than 300 lines, no test longer than 400', () => {
  const long = everywhere
    .map((file) => ({ path: file.path, lines: file.text.trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines > (path.startsWith('tests/') ? TEST_LINES_MAX : LINES_MAX));
  expect(long).toEqual([]);
});

it('the first line of every file says what it is', () => {
  const silent = everywhere
    .filter(({ text }) => !/^(#!.*\n)?\/\/ \S.{10,}/.test(text))
    .map(({ path }) => path);
  expect(silent).toEqual([]);
});

it('exports have names', () => {
  const unnamed = everywhere.filter(({ exports }) => exports.includes('default')).map(({ path }) => path);
  expect(unnamed).toEqual([]);
});

it('files are named in kebab-case, and none is a drawer for odds and ends', () => {
  const odd = everywhere
    .map(({ path }) => path)
    .filter((path) => {
      const name = basename(path).replace(/(\.test|\.browser)?\.ts$/, '');
      return !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || /^(utils?|helpers?|misc|common)$/.test(name);
    });
  expect(odd).toEqual([]);
});

/** Uses of the machine's own clock or randomness in a file. */
function ownTime(file: SourceFile): string[] {
  return [...nodes(file.program)].flatMap((node) => {
    if (node.type === 'NewExpression' && nameOf(node.callee) === 'Date' && isEmpty(node.arguments))
      return ['new Date()'];
    if (node.type !== 'MemberExpression') return [];
    const member = `${nameOf(node.object)}.${nameOf(node.property)}`;
    return ['Date.now', 'Math.random', 'performance.now', 'Temporal.Now'].includes(member) ? [member] : [];
  });
}
const nameOf = (node: unknown) => (node as { name?: string } | null)?.name;
const isEmpty = (list: unknown) => Array.isArray(list) && list.length === 0;

it('time and randomness are arguments in core, knowledge, quiz, app and commands', () => {
  const wrong = product
    .filter(({ path }) => /^(src\/(core|knowledge|quiz|app)|commands)\//.test(path))
    .flatMap((file) => ownTime(file).map((use) => `${file.path}: ${use}`));
  expect(wrong).toEqual([]);
  const caught = ownTime(
    parseFile('x.ts', 'const a = [Date.now(), new Date(), Math.random(), new Date(5)];'),
  );
  expect(caught).toEqual(['Date.now', 'new Date()', 'Math.random']);
});

it('nothing is left unfinished, skipped without a reason, or mocked', () => {
  // Put together here so that this file does not accuse itself.
  const unfinished = new RegExp(
    ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'coming' + ' soon', 'not implement' + 'ed'].join('|'),
  );
  const mocked = new RegExp('\\bvi\\.(mo' + 'ck|doMo' + 'ck)\\(');
  const wrong = trackedFiles('src', 'commands', 'tests', 'bench', 'scripts', 'data', 'bin').flatMap(
    (path) => {
      const text = readText(path);
      return [unfinished, mocked].flatMap((word) =>
        word.test(text) ? [`${path}: ${word.exec(text)?.[0]}`] : [],
      );
    },
  );
  expect(wrong).toEqual([]);
});
