// A matrix as large as the product's: 420 services by 78 controls, owners by rule, so that tests can tell them.
import type { Block } from '../../../src/core/reply.ts';

const GROUPS = ['Compute', 'Storage', 'Database', 'Networking', 'Analytics', 'Security'];
const KNOWN = [
  'EC2',
  'S3',
  'RDS',
  'VPC',
  'Athena',
  'Shield',
  'Lambda',
  'EFS',
  'Aurora',
  'Route 53',
  'EMR',
  'IAM',
];
const CONTROLS = [
  'Guest OS patching',
  'Physical security',
  'Encryption at rest',
  'Security groups',
  'Backups',
  'IAM permissions',
];
const CONTROL_GROUPS = ['Inherited', 'Shared', 'Customer-specific'];

export const SERVICES = 420;

/** The owner's letter: AWS has all physical security, `d` and `-` are rare. */
export function ownerAt(service: number, control: number): string {
  if (control === 1) return 'a';
  return 'ccascacsacd-'[(service * 7 + control * 5) % 12] ?? 'c';
}

export function scriptedMatrix(): Extract<Block, { type: 'matrix' }> {
  const controls = Array.from({ length: 78 }, (_, i) => ({
    id: slug(CONTROLS[i] ?? `control ${i + 1}`),
    label: CONTROLS[i] ?? `Control number ${i + 1}`,
    group: CONTROL_GROUPS[Math.floor((i * 3) / 78)] ?? '',
  }));
  const rows = Array.from({ length: SERVICES }, (_, i) => {
    const name = KNOWN[i] ?? `Service ${i + 1}`;
    return {
      id: slug(name),
      label: `Amazon ${name}`,
      group: GROUPS[i % GROUPS.length] ?? '',
      model: ['iaas', 'managed', 'serverless'][i % 3] ?? '',
      owners: controls.map((_, control) => ownerAt(i, control)).join(''),
    };
  });
  return { type: 'matrix', controls, rows };
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
