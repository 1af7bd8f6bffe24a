// From the knowledge base to a picture: the stacks of real services.
import { expect, test } from 'vitest';
import { layerOfControl, stackOf } from '../../../src/knowledge/diagrams/stack-of.ts';
import { loadKnowledge } from '../../../src/knowledge/load.ts';

const knowledge = loadKnowledge();
const owners = (service: string) =>
  Object.fromEntries(stackOf(knowledge, service).layers.map(({ label, owner }) => [label, owner]));

test('on EC2 the line runs between guest operating system and virtualization', () => {
  expect(owners('ec2')).toEqual({
    'Customer data': 'customer',
    'Access & identities': 'customer',
    'Application & code': 'customer',
    'Runtime & engine': 'customer',
    'Guest operating system': 'customer',
    'Network configuration': 'customer',
    Virtualization: 'aws',
    'Hosts & hardware': 'aws',
    'AWS network': 'aws',
    Facilities: 'aws',
  });
});

test('from EC2 to RDS the operating system moves to AWS, and data and access stay', () => {
  expect(owners('rds')).toMatchObject({
    'Customer data': 'customer',
    'Access & identities': 'customer',
    'Guest operating system': 'aws',
    'Runtime & engine': 'aws',
  });
});

test('a layer whose answer hangs on the compute environment says so and names the cases', () => {
  const layer = stackOf(knowledge, 'batch').layers.find(({ label }) => label === 'Guest operating system');
  expect(layer?.owner).toBe('depends');
  expect(layer?.note).toContain('AWS if Fargate compute environment');
  expect(layer?.note).toContain('Customer if EC2 compute environment or EKS compute environment');
});

test('every service has a stack that says the same as its rulings', () => {
  for (const { id } of knowledge.services) {
    const { layers, model } = stackOf(knowledge, id);
    expect(model, id).not.toBe('');
    expect(layers.length, id).toBeGreaterThanOrEqual(5);
    const patching = layers.find(({ label }) => label === 'Guest operating system');
    if (patching) expect(patching.owner, id).toBe(knowledge.ruling(id, 'guest-os-patching').owner);
  }
});

test('a control is found in its layer, and one about the whole account in none', () => {
  const stack = stackOf(knowledge, 'ec2');
  const layerOf = (id: string) => {
    const index = layerOfControl(stack, knowledge.controlById(id)!);
    return index === undefined ? undefined : stack.layers[index]?.label;
  };
  expect(layerOf('os-hardening')).toBe('Guest operating system');
  expect(layerOf('encryption-at-rest')).toBe('Customer data');
  expect(layerOf('mfa')).toBe('Access & identities');
  expect(layerOf('web-firewall-rules')).toBe('Network configuration');
  expect(layerOf('network-infrastructure')).toBe('AWS network');
  expect(layerOf('cost-management')).toBeUndefined();
});

test('a service that does not exist is an error', () => {
  expect(() => stackOf(knowledge, 'nothing')).toThrow('there is no service "nothing"');
});
