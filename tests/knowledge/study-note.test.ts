// Every line of the study note that the product starts from is answered, in several wordings.
import { describe, expect, it } from 'vitest';
import { asked, ownerOf } from './support/asking.ts';

const lines: readonly (readonly [line: string, owner: string, ...queries: string[]])[] = [
  ['security of the cloud', 'aws', 'security of the cloud', 'who answers for security of the cloud?'],
  ['security in the cloud', 'customer', 'security in the cloud', 'who answers for security in the cloud?'],
  [
    'guards',
    'aws',
    'who guards the data centres',
    'security guards of the data center',
    'who watches the cameras in the data center',
  ],
  ['access control to buildings', 'aws', 'who controls physical access to the data centers'],
  ['hardware', 'aws', 'who replaces broken servers', 'maintaining physical servers and storage hardware'],
  ['network', 'aws', 'who runs the routers and switches of the AWS network', 'cabling in the data centers'],
  [
    'virtualization layer',
    'aws',
    'who patches the hypervisor',
    'virtualization layer',
    'instance isolation from other customers',
  ],
  [
    'certifications',
    'aws',
    'who gets the ISO 27001 certification of the infrastructure',
    'SOC reports of AWS',
  ],
  ['data', 'customer', 'who is responsible for customer data', 'protecting customer data'],
  [
    'encryption choice',
    'customer',
    'who chooses whether data is encrypted at rest',
    'client-side encryption',
  ],
  ['access permissions', 'customer', 'who grants access permissions', 'user permissions'],
  [
    'own OS and applications',
    'customer',
    'who patches the guest operating system',
    'patching of our own applications',
  ],
  ['security groups', 'customer', 'who configures security groups', 'security group configuration on EC2'],
  ['network configuration', 'customer', 'who does the network configuration', 'configuring network ACLs'],
  ['IAM roles', 'customer', 'who creates IAM roles', 'managing IAM users'],
  ['MFA', 'customer', 'who turns on MFA', 'enabling multi-factor authentication'],
  ['EC2 guest OS', 'customer', 'EC2 instance OS patching', 'patches EC2'],
  ['EC2 virtualization', 'aws', 'virtualization layer of EC2'],
  [
    'EC2 applications',
    'customer',
    'application configuration on EC2',
    'who secures the application code on EC2',
  ],
  ['VPC', 'customer', 'who designs the subnets of a VPC'],
  ['Lambda code', 'customer', 'who is responsible for the code of a Lambda function'],
  ['Lambda OS', 'aws', 'who patches the operating system under Lambda'],
  ['RDS OS', 'aws', 'RDS operating system patching', 'who patches the OS of RDS'],
  ['RDS data', 'customer', 'who owns the data in RDS'],
  ['Trusted Advisor', 'aws', 'who patches the servers behind Trusted Advisor'],
  ['Shield', 'aws', 'who runs the infrastructure of AWS Shield'],
  ['Chime', 'aws', 'who patched Amazon Chime'],
  ['SaaS access', 'customer', 'user access to Trusted Advisor', 'who manages access in SaaS'],
  ['data-center security', 'aws', 'physical data-center security'],
  ['S3 bucket access', 'customer', 'S3 bucket access', 'who controls who may read my S3 bucket'],
];

describe('the study note', () => {
  it.each(lines)('answers “%s” with %s, however it is asked', (_, owner, ...queries) => {
    expect(queries.map((query) => [query, ownerOf(query)])).toEqual(queries.map((query) => [query, owner]));
  });

  it('answers by the kind of service where one is named', () => {
    expect(ownerOf('who patches the operating system in IaaS?')).toBe('customer');
    expect(ownerOf('who patches the operating system in PaaS?')).toBe('aws');
    expect(ownerOf('who patches the operating system in SaaS?')).toBe('aws');
  });

  it('states the finer fact beside the rule: disaster recovery of RDS is a shared choice', () => {
    const found = asked('disaster recovery of RDS');
    expect(found.owner).toBe('shared');
    expect(found.notes?.join(' ')).toContain('AWS is named as the owner');
    expect(found.sources.length).toBeGreaterThan(0);
  });

  it('says that Chime has ended', () => {
    expect(asked('who does what on Amazon Chime').notes?.join(' ')).toContain('has ended');
  });
});
