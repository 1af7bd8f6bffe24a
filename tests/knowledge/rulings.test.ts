// Every service and every control: there is a ruling, it says both halves, and it has a source.
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';

const knowledge = loadKnowledge();

describe('rulings', () => {
  it('answer every pair of service and control with both halves, a reason, a source and a date', () => {
    const lacking: string[] = [];
    for (const service of knowledge.services) {
      for (const control of knowledge.controls) {
        const { owner, aws, customer, why, sources, checkedOn } = knowledge.ruling(service.id, control.id);
        const complete =
          owner && aws && customer && why && sources[0].url.startsWith('https://') && checkedOn;
        if (!complete) lacking.push(`${service.id} × ${control.id}`);
      }
    }
    expect(knowledge.services.length).toBeGreaterThanOrEqual(421);
    expect(knowledge.controls).toHaveLength(78);
    expect(lacking).toEqual([]);
  });

  it('let what is said of a service win over the rule of its class', () => {
    const s3 = knowledge.ruling('s3', 'encryption-at-rest');
    expect([s3.owner, s3.basis, s3.grounds]).toEqual(['aws', 'service', 'stated']);
    expect(knowledge.ruling('polly', 'guest-os-patching')).toMatchObject({ owner: 'aws', basis: 'class' });
  });

  it('keep what holds only under a condition apart, as a branch', () => {
    const eks = knowledge.ruling('eks', 'guest-os-patching');
    expect(eks.owner).toBe('shared');
    expect(eks.branches.map(({ when, owner }) => [when, owner])).toContainEqual(['EKS Auto Mode', 'aws']);
    expect(eks.branches.map(({ owner }) => owner)).toContain('customer');
  });

  it('name no owner where conditions alone rule a pair and differ', () => {
    expect(knowledge.ruling('batch', 'guest-os-patching').owner).toBe('depends');
  });

  it('say where a good source counts differently', () => {
    const [other] = knowledge.ruling('rds', 'runtime-patching').disagreements;
    expect(other?.owner).toBe('shared');
    expect(other?.accordingTo).toContain('Well-Architected');
  });

  it('give the general rule with what differs by kind of service', () => {
    const rule = knowledge.generalRule('guest-os-patching');
    expect(rule.owner).toBe('customer');
    const aws = rule.byModel.find(({ owner }) => owner === 'aws');
    expect(aws?.models.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['managed', 'serverless', 'saas']),
    );
  });

  it('refuse an id that does not exist', () => {
    expect(() => knowledge.ruling('ec3', 'backups')).toThrow('there is no service "ec3"');
  });
});
