// What was answered is forgotten: memory does not grow with the commands that people type.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { type Reply, reply, text } from '../../../src/core/reply.ts';
import { start, stop } from './stage.ts';

afterEach(stop);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('an answer that was given is kept nowhere', async () => {
  const answers: WeakRef<Reply>[] = [];
  const { driver } = await start({
    command() {
      const answer = reply(text(`answer ${answers.length}`));
      answers.push(new WeakRef(answer));
      return answer;
    },
  });
  const ann = driver.as('Ann');
  for (let i = 0; i < 20; i++) await ann.types(`/responsibot who patches EC2, ${i}`);
  expect(answers).toHaveLength(20);
  // The engine may still hold the latest in a register or two.
  await expect
    .poll(() => {
      collect();
      return answers.filter((answer) => answer.deref() !== undefined).length;
    })
    .toBeLessThan(5);
});
