// What is offered while somebody types a question or the name of a service.
import { expect, test } from 'vitest';
import { createSuggest } from '../../src/app/suggest.ts';
import { knowledge } from '../support/app-bot.ts';

const suggest = createSuggest(knowledge());

test('the service itself comes first, then those that begin so, then those that contain it', () => {
  expect(suggest.services('ec2')[0]).toBe('Amazon EC2');
  expect(suggest.services('EC2')[0]).toBe('Amazon EC2');
  expect(suggest.services('EC')[0]).toBe('Amazon EC2');
  expect(suggest.services('lamb')[0]).toBe('AWS Lambda');
  expect(suggest.services('dynamo')[0]).toBe('Amazon DynamoDB');
});

test('the name at the end of a question is completed, and what stands before it stays', () => {
  expect(suggest.questions('updates EC')[0]).toBe('updates Amazon EC2');
  expect(suggest.questions('who backs up dyn')).toContain('who backs up Amazon DynamoDB');
  expect(suggest.questions('encrypts simple storage')).toContain('encrypts Amazon S3');
});

test('the beginning of a task is completed as people say it', () => {
  const offered = suggest.questions('replace a');
  expect(offered).toContain('replace a failed disk');
  expect(suggest.questions('who replace a')).toContain('who replace a failed disk');
});

test('nothing typed yet offers one question of each kind', () => {
  expect(suggest.questions('  ')).toContain('patches EC2');
  expect(suggest.questions('').length).toBeGreaterThan(3);
});

test('never more than a platform shows, whatever is typed', () => {
  for (const typed of ['a', 'am', 'amazon', 'x'.repeat(1000), '🦄', '$(', '\\', 'who does what on ']) {
    expect(suggest.questions(typed).length).toBeLessThanOrEqual(25);
    expect(suggest.services(typed).length).toBeLessThanOrEqual(25);
  }
});
