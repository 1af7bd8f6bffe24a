// Examples that the picture tests draw: usual services, and text that wants to break out of the picture.
import type { Digest } from '../../../src/knowledge/diagrams/digest-picture.ts';
import type { RulingInPicture } from '../../../src/knowledge/diagrams/ruling-picture.ts';
import type { LayerOwner, ServiceStack } from '../../../src/knowledge/diagrams/stack.ts';

const owners: Readonly<Record<string, LayerOwner>> = {
  a: 'aws',
  c: 'customer',
  s: 'shared',
  d: 'depends',
};

/** One letter a layer: a AWS, c customer, s shared, d depends, - left out. */
export function stack(service: string, letters: string): ServiceStack {
  const layers = [...letters].flatMap((letter, index) => {
    const owner = owners[letter];
    return owner === undefined ? [] : [{ label: `Layer number ${index + 1}`, owner }];
  });
  return { service, model: 'Some kind of service', layers };
}

export const server = stack('Amazon EC2', 'cccccaaaa');
export const container = stack('Amazon Elastic Container Service', 'cccsdaaaa');
export const software = stack('Amazon Chime', 'ccaa-aaaa');

export const hostile = '</text><script>alert("1")</script> & \u0000\u0008 \ud800 \u202e 日本 🐱';

export const hostileStack: ServiceStack = {
  service: hostile,
  model: hostile,
  layers: [
    { label: hostile, owner: 'shared', note: hostile },
    { label: 'w'.repeat(500), owner: 'depends', note: 'W '.repeat(300) },
  ],
};

export const ruling: RulingInPicture = {
  control: 'Guest operating system patching',
  owner: 'customer',
  aws: 'Publishes updated images, but has no login to the instance.',
  customer: 'Patches and updates the operating system and everything installed on the instance.',
  stack: server,
  asked: 4,
};

export const week: Digest = {
  title: 'Week of 16 to 22 November',
  subtitle: '#cloud-security · 42 answers by 9 members, 71 % right',
  board: [
    { rank: 1, name: 'Maria Fernández', points: 74 },
    { rank: 2, name: hostile, points: 1 },
    { rank: 3, name: '太郎', points: 0 },
  ],
  topics: [
    { title: 'Containers', right: 3, answers: 9 },
    { title: 'Data centers and physical security', right: 0, answers: 4 },
  ],
};
