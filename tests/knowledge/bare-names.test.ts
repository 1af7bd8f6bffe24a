// A service's name alone is no question about a control.
import { describe, expect, test } from 'vitest';
import { ask } from '../../src/knowledge/ask.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { createLookup } from '../../src/knowledge/lookup/lookup.ts';

const knowledge = loadKnowledge();
const lookup = createLookup(knowledge);

describe('A name alone', () => {
  test.each(['EC2', 'Amazon EC2', 'RDS', 'AWS Lambda', 'DynamoDB', 'ECS', 'CloudWatch'])(
    '%s is answered with a summary and commits to no owner',
    (name) => {
      expect(lookup(name)).toMatchObject({ kind: 'match', answer: { about: 'service' } });
      expect(ask(knowledge, lookup, 'x', name).owner).toBe('unknown');
    },
  );

  test('that is also the name of a control is answered as that', () => {
    expect(ask(knowledge, lookup, 'x', 'security groups')).toMatchObject({ owner: 'customer' });
  });
});
