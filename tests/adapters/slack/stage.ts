// One running Slack a test, closed after it, with what it may log and what Slack refuses held to nothing.
import { expect } from 'vitest';
import { choices, reply } from '../../../src/core/reply.ts';
import { type InboxScript, type ScriptedInbox, scriptedInbox } from '../../contract/scripted-inbox.ts';
import { type RunningSlack, type RunOptions, runSlack } from '../../support/slack/running-slack.ts';
import type { SeenAnswer } from '../../support/slack/slack-driver.ts';

export type Script = InboxScript;
export type Stage = RunningSlack & { readonly inbox: ScriptedInbox };

let stage: Stage | undefined;

/** By default `quiz` answers with a button that says "Answer". */
export async function start(script: InboxScript = {}, options: RunOptions = {}): Promise<Stage> {
  const inbox = scriptedInbox({
    command: (call) =>
      'line' in call && call.line.startsWith('quiz')
        ? reply(choices({ label: 'Answer', action: { name: 'quiz.answer', args: ['1'] } }))
        : reply({ type: 'text', text: `heard ${'line' in call ? call.line : call.name}` }),
    ...script,
  });
  stage = { ...(await runSlack(inbox, options)), inbox };
  return stage;
}

/** Real Slack would have taken everything that was sent. */
export async function stop(): Promise<void> {
  const problems = stage?.slack.problems ?? [];
  await stage?.close();
  stage = undefined;
  expect(problems).toEqual([]);
}

export const answerText = (answer: SeenAnswer | undefined): string | undefined => answer?.text;
