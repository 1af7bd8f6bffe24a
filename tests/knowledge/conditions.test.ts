// Conditions of rulings: how the data writes the ways to state one, and when a question states it.
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { keyBranches, namedBranches } from '../../src/knowledge/lookup/conditions.ts';
import { tokenise } from '../../src/knowledge/lookup/tokens.ts';
import { keyWay } from '../../src/knowledge/lookup/ways.ts';
import { createWording } from '../../src/knowledge/lookup/wording.ts';
import type { Branch } from '../../src/knowledge/rulings.ts';
import { asked } from './support/asking.ts';

const wording = createWording([], []);

function branch(when: string, ...said: string[]): Branch {
  return { when, owner: 'customer', aws: '', customer: '', why: '', sources: [], grounds: 'stated', said };
}

/** The conditions that the text states, the most exact first. */
function stated(text: string, ...branches: Branch[]): string[] {
  const words = tokenise(text).map(({ word }) => word);
  return namedBranches(keyBranches(branches, wording), wording.allTerms(words.map(wording.stemmed))).map(
    ({ branch }) => branch.when,
  );
}

describe('a way to state a condition', () => {
  it('is said in its order, with a few words between', () => {
    const inVpc = branch('VPC', 'in vpc');
    expect(stated('a function in our private VPC', inVpc)).toEqual(['VPC']);
    expect(stated('a VPC in Ireland', inVpc)).toEqual([]);
    expect(stated('in the second week we moved the old office VPC', inVpc)).toEqual([]);
  });

  it('is said in any order where a plus joins its words', () => {
    const bought = branch('imported', 'bought + certificate');
    expect(stated('we bought the certificate', bought)).toEqual(['imported']);
    expect(stated('the certificate was bought', bought)).toEqual(['imported']);
  });

  it('is said with any of the words between slashes, over the end of a sentence too', () => {
    const bought = branch('imported', 'bought/uploaded + cert/certificate');
    expect(stated('It is a cert. Somebody uploaded it', bought)).toEqual(['imported']);
  });

  it('lets nothing between words that a hyphen joins', () => {
    const managed = branch('AWS managed', 'aws-managed key');
    expect(stated('an AWS managed key', managed)).toEqual(['AWS managed']);
    expect(stated('does AWS really manage the key', managed)).toEqual([]);
  });

  it('hears every denial, close to what it denies', () => {
    const unencrypted = branch('unencrypted', 'not encrypted');
    for (const text of [
      'never encrypted',
      'without any encryption',
      "it isn't encrypted",
      'it lacks encryption',
    ])
      expect(stated(text, unencrypted), text).toEqual(['unencrypted']);
    expect(stated('we do not know who handles encryption', unencrypted)).toEqual([]);
  });

  it('knows a range of years', () => {
    const old = branch('old', 'from 2014..2025');
    expect(stated('a cluster from 2022', old)).toEqual(['old']);
    expect(stated('a cluster from 2026', old)).toEqual([]);
  });

  it('is not stated where it is denied', () => {
    const fargate = branch('Fargate', 'fargate');
    expect(stated('tasks on Fargate', fargate)).toEqual(['Fargate']);
    for (const text of [
      'tasks that are not on Fargate',
      'EC2 rather than Fargate',
      'we run without any Fargate',
      'there is nothing on Fargate',
    ])
      expect(stated(text, fargate), text).toEqual([]);
    const byMail = branch('by mail', 'validated by mail', 'mail + certificate');
    expect(stated('a certificate validated by mail', byMail)).toEqual(['by mail']);
    expect(stated('validated by DNS, not by mail', byMail)).toEqual([]);
    expect(stated('a certificate without mail', byMail)).toEqual([]);
    expect(stated("Isn't Fargate patched for us?", fargate)).toEqual(['Fargate']);
  });

  it('wins over a shorter one', () => {
    const branches = [branch('any key', 'customer key'), branch('its rotation', 'rotate customer key')];
    expect(stated('who rotates a customer key', ...branches)).toEqual(['its rotation', 'any key']);
  });

  it('needs a telling word', () => {
    expect(() => keyWay('not in', wording)).toThrow('"not in" has no telling word');
  });
});

describe('the conditions of the data', () => {
  const knowledge = loadKnowledge();
  const conditional = knowledge.services.flatMap(({ rulings }) =>
    rulings.filter(({ condition }) => condition),
  );

  it('can all be read', () => {
    for (const { said = [] } of conditional)
      for (const way of said) expect(() => keyWay(way, wording), way).not.toThrow();
  });

  it('are not stated by a question that names only service and control', () => {
    for (const [text, owner] of [
      ['who renews certificates in ACM', 'aws'],
      ['we do not know who encrypts our Aurora database at rest', 'aws'],
      ['who manages the rotation of secrets in Secrets Manager', 'shared'],
      ['who patches the operating system on EMR', 'shared'],
    ])
      expect(asked(text ?? '').owner, text).toBe(owner);
  });

  it('are stated in other words than theirs', () => {
    for (const [text, owner] of [
      ['We uploaded a DigiCert certificate to ACM. It ends in May. Does Amazon get the new one?', 'customer'],
      [
        'an Aurora cluster from 2022 made without encryption: getting it encrypted is work for whom?',
        'customer',
      ],
      ['our EMR cluster has been up for two years. Who installs the OS patches?', 'customer'],
      ['Our ECS services are serverless, we have no instances. Who patches the OS?', 'aws'],
    ])
      expect(asked(text ?? '').owner, text).toBe(owner);
  });
});
