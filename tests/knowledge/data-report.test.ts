// What `npm run data:check` sees: the data as it is, and the data as it should not be.
import { describe, expect, test } from 'vitest';
import { compileData, type KnowledgeData } from '../../src/knowledge/compile.ts';
import { reportData } from '../../src/knowledge/data-report.ts';

const data = compileData('data');
const TODAY = '2026-11-25';
const problems = (changed: KnowledgeData, today = TODAY) =>
  reportData(changed, today).filter(({ level }) => level !== 'note');

/** The data with the first ruling of EC2 changed. */
function withRuling(change: object): KnowledgeData {
  return {
    ...data,
    services: data.services.map((service) =>
      service.id === 'ec2'
        ? {
            ...service,
            rulings: service.rulings.map((ruling, i) => (i === 0 ? { ...ruling, ...change } : ruling)),
          }
        : service,
    ),
  };
}

describe('The report on the data', () => {
  test('finds nothing wrong today', () => {
    expect(problems(data)).toEqual([]);
  });

  test('says of every service how well it is covered', () => {
    expect(reportData(data, TODAY).filter(({ level }) => level === 'note')).toHaveLength(
      data.services.length,
    );
  });

  test('names dates that are stale or yet to come', () => {
    const stale = problems(withRuling({ checked_on: '2024-01-01' }));
    expect(stale).toMatchObject([{ level: 'warning', file: 'data/services/ec2.yaml' }]);
    expect(stale[0]?.text).toMatch(/was last checked on 2024-01-01, 1059 days ago/);
    expect(problems(withRuling({ checked_on: '2027-01-01' }))[0]).toMatchObject({ level: 'error' });
    expect(problems(data, '2028-01-01').length).toBeGreaterThan(1000);
  });

  test('names a ruling against its class without a reason, and one that only repeats the class', () => {
    const silent = { aws: undefined, customer: undefined, why: undefined, source: undefined };
    expect(problems(withRuling({ ...silent, owner: 'customer' }))[0]?.text).toContain(
      'against the class (aws) without a reason',
    );
    expect(problems(withRuling({ ...silent, owner: 'aws' }))[0]?.text).toContain(
      'only repeats the class (aws)',
    );
  });

  test('names pairs without an owner, a half or a source', () => {
    const controls = data.controls.map((control) =>
      control.id === 'backups' ? { ...control, aws: '' } : control,
    );
    expect(problems({ ...data, controls }).some(({ text }) => text === 'backups has no aws')).toBe(true);
  });
});
