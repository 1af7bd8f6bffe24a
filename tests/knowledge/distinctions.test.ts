// The places where the naive answer is wrong or depends: what experts test for.
import { describe, expect, it } from 'vitest';
import { asked, knowledge, lookup, ownerOf } from './support/asking.ts';

const cases: readonly (readonly [distinction: string, query: string, owner: string])[] = [
  ['patching in general is shared', 'patching', 'shared'],
  ['patch management is a shared control', 'who is responsible for patch management?', 'shared'],
  ['configuration management is shared', 'configuration management', 'shared'],
  ['training is shared', 'awareness and training', 'shared'],
  ['RDS is patched by AWS', 'who patches RDS', 'aws'],
  [
    'a service before a colon is the one meant',
    'ACM: certificate renewal for a CloudFront distribution',
    'aws',
  ],
  [
    'keys that the customer provides are its own',
    'S3 with SSE-C: we provide the key. Who manages the keys?',
    'customer',
  ],
  ['the key aws/ebs is a key of KMS', 'Who rotates the aws/ebs key that KMS keeps in our account?', 'aws'],
  ['ElastiCache nodes are patched by both', 'ElastiCache engine patching', 'shared'],
  ['ElastiCache Serverless is patched by AWS', 'ElastiCache Serverless patching', 'aws'],
  ['zone security is the customer’s', 'service and communications protection or zone security', 'customer'],
  ['AWS certifies its infrastructure', 'certification of the AWS infrastructure', 'aws'],
  [
    'the workload’s compliance is the customer’s',
    'is my application HIPAA compliant, whose job?',
    'customer',
  ],
  ['incidents are shared', 'incident response', 'shared'],
  ['S3 hosts are AWS’s', 'who patches the servers behind S3', 'aws'],
  ['EC2 guest', 'patches EC2', 'customer'],
  ['EC2 hypervisor', 'who patches the hypervisor of EC2', 'aws'],
  ['nested virtualization', 'nested virtualization on EC2: who patches the hypervisor', 'customer'],
  ['NAT instance', 'who patches a NAT instance', 'customer'],
  ['NAT gateway', 'who patches a NAT gateway', 'aws'],
  ['EC2 managed instances', 'EC2 managed instances OS patching', 'aws'],
  ['Lambda runtime', 'who patches the Lambda runtime', 'aws'],
  ['Lambda manual mode', 'Lambda runtime update mode manual: who patches the runtime', 'customer'],
  [
    'Lambda container image',
    'Lambda function deployed as a container image: who patches the image',
    'customer',
  ],
  ['Lambda deprecated runtime', 'who migrates a Lambda function off a deprecated runtime', 'customer'],
  ['Lightsail', 'who patches a Lightsail instance', 'customer'],
  ['Lightsail managed database', 'OS patching of a Lightsail managed database', 'aws'],
  ['Beanstalk', 'Elastic Beanstalk OS patching', 'shared'],
  [
    'Beanstalk without managed updates',
    'Beanstalk with managed updates switched off: who patches the OS',
    'customer',
  ],
  ['Batch on EC2', 'AWS Batch EC2 compute environment OS patching', 'customer'],
  ['Batch on Fargate', 'AWS Batch Fargate compute environment OS patching', 'aws'],
  ['Cloud9 EC2 environment', 'Cloud9 EC2 environment: who installs OS security patches', 'aws'],
  ['ECS', 'ECS OS patching', 'shared'],
  ['ECS on EC2', 'who patches the OS with ECS on EC2', 'customer'],
  ['Fargate', 'who patches the host OS under Fargate', 'aws'],
  ['ECS Managed Instances', 'ECS Managed Instances OS patching', 'aws'],
  ['EKS control plane', 'who runs the EKS control plane', 'aws'],
  ['EKS self-managed nodes', 'EKS self-managed nodes OS patching', 'customer'],
  ['EKS managed node groups', 'EKS managed node groups: who patches the nodes’ OS', 'shared'],
  ['EKS Auto Mode', 'EKS Auto Mode node patching', 'aws'],
  ['EKS on Fargate', 'EKS on Fargate OS patching', 'aws'],
  ['EKS Anywhere', 'EKS Anywhere node OS patching', 'customer'],
  ['container images', 'who patches container images on ECS', 'customer'],
  ['ROSA has three parties', 'who patches ROSA nodes', 'shared'],
  ['RDS optional updates', 'who applies optional operating system updates on RDS', 'shared'],
  ['RDS major version', 'who upgrades the major version of RDS', 'customer'],
  ['RDS backups', 'RDS backups', 'shared'],
  ['RDS query tuning', 'who tunes queries on RDS', 'customer'],
  ['Aurora encryption', 'Aurora encryption at rest', 'aws'],
  ['RDS Custom for Oracle', 'RDS Custom for Oracle OS patching', 'customer'],
  ['OpenSearch', 'OpenSearch service software updates', 'shared'],
  ['MSK', 'who patches the OS of MSK brokers', 'aws'],
  ['EMR', 'OS patching on EMR', 'shared'],
  ['DynamoDB backups', 'who enables point-in-time recovery on DynamoDB', 'shared'],
  ['S3 versioning', 'who turns on S3 versioning', 'customer'],
  ['KMS AWS managed keys', 'who rotates AWS managed keys in KMS', 'aws'],
  ['KMS imported material', 'KMS imported key material durability', 'customer'],
  ['CloudHSM users and keys', 'who manages the keys in CloudHSM', 'customer'],
  ['DDoS', 'DDoS protection', 'shared'],
  ['Inspector finds, the customer fixes', 'who patches the instances that Inspector scanned', 'customer'],
  ['WAF rules', 'who writes WAF rules', 'customer'],
  ['Route 53 key-signing key', 'Route 53 DNSSEC key-signing key', 'customer'],
  ['Route 53 zone-signing key', 'Route 53 DNSSEC zone-signing key', 'aws'],
  ['ACM renews', 'who renews a certificate issued by ACM', 'aws'],
  ['ACM imported', 'who renews an imported certificate in ACM', 'customer'],
  ['CloudTrail', 'who creates a trail in CloudTrail', 'customer'],
  ['Direct Connect', 'who encrypts Direct Connect traffic', 'customer'],
  ['Outposts site', 'physical security of Outposts', 'customer'],
  ['Outposts hardware', 'who replaces Outposts hardware', 'aws'],
  ['Outposts server returned', 'media destruction when an Outposts server is returned', 'customer'],
  ['Snowball erasure', 'who erases a returned Snowball Edge', 'aws'],
  ['WorkSpaces', 'OS updates on WorkSpaces', 'customer'],
  ['Bedrock', 'prompt injection on Bedrock', 'customer'],
  ['Bedrock hosting', 'who hosts the models of Bedrock', 'aws'],
  ['Connect', 'who manages users of Amazon Connect', 'customer'],
  ['Marketplace', 'who updates software bought on the AWS Marketplace', 'customer'],
  ['security groups are provided by AWS', 'who provides security groups', 'aws'],
  ['security groups are configured by the customer', 'who configures security groups', 'customer'],
  ['S3 encryption', 'does AWS encrypt new objects in S3', 'aws'],
  ['EBS encryption', 'EBS encryption at rest', 'shared'],
  ['S3 SSE-C', 'S3 key management with SSE-C', 'customer'],
  ['DynamoDB on demand', 'DynamoDB scaling', 'aws'],
  ['DynamoDB provisioned', 'DynamoDB scaling in provisioned capacity mode', 'shared'],
  ['managed rotation', 'Secrets Manager managed rotation', 'aws'],
  ['other secrets', 'Secrets Manager secret rotation', 'shared'],
  ['access keys', 'who rotates IAM access keys', 'customer'],
  ['root MFA', 'who sets up MFA for the root user', 'customer'],
  ['isolation between customers', 'isolation between customers', 'aws'],
  ['Storage Gateway host', 'who patches the host under Storage Gateway', 'customer'],
  ['a metal instance by its type', 'Who fixes a bug in our own hypervisor on an i3.metal?', 'customer'],
];

/** What is named with other words than its name has. */
const variants: [said: string, service: string][] = [
  ['who scales the serverless flavour of Aurora', 'Amazon Aurora Serverless'],
  ['Redshift in its serverless form: who patches the nodes', 'Amazon Redshift Serverless'],
  ['a hybrid node of our EKS broke down, who repairs it', 'Amazon EKS Hybrid Nodes'],
  ['the Anywhere edition of ECS: hardware failures', 'Amazon ECS Anywhere'],
  ['the Custom flavour of RDS for SQL Server: OS patching', 'Amazon RDS Custom'],
  ['Timestream, the InfluxDB kind: version upgrades', 'Amazon Timestream for InfluxDB'],
  ['a custom parameter group on RDS, who writes it', 'Amazon RDS'],
  ['Aurora, not the serverless kind: who scales it', 'Amazon Aurora'],
];

describe('distinctions', () => {
  it.each(cases)('%s: “%s”', (_, query, owner) => {
    expect(ownerOf(query)).toBe(owner);
  });

  it.each(variants)('hears which variant of a service is meant: “%s”', (query, service) => {
    expect(asked(query).service).toBe(service);
  });

  it('gives both branches where the question names both: ECS on EC2 or Fargate', () => {
    const found = asked('OS patching for ECS: EC2 launch type or Fargate');
    expect(found.branches?.map(({ owner }) => owner)).toEqual(expect.arrayContaining(['customer', 'aws']));
  });

  it('says both halves and the branches beside an answer that depends', () => {
    const found = asked('who patches EKS nodes');
    expect([found.owner, found.aws === '', found.customer === '']).toEqual(['shared', false, false]);
    expect(found.branches?.length).toBeGreaterThan(3);
  });

  it('gives no owner where the control does not exist on the service', () => {
    expect(ownerOf('security groups on a NAT gateway')).toBe('unknown');
    expect(ownerOf('container images in CloudWatch')).toBe('unknown');
  });

  it('sets side by side what else would be one service: RDS and Aurora, EKS and Fargate', () => {
    const servicesOf = (query: string) => asked(query).branches?.map(({ service }) => service);
    expect(servicesOf('Aurora vs RDS patching')).toEqual(['Amazon Aurora', 'Amazon RDS']);
    expect(servicesOf('EKS versus Fargate: who patches the OS?')).toEqual(['Amazon EKS', 'AWS Fargate']);
    const variants = servicesOf('Aurora vs Aurora Serverless: scaling');
    expect(variants).toEqual(['Amazon Aurora', 'Amazon Aurora Serverless']);
  });

  it('answers two services side by side', () => {
    const found = asked('EC2 vs RDS patching');
    expect(found.branches?.map(({ service, owner }) => [service, owner])).toEqual([
      ['Amazon EC2', 'customer'],
      ['Amazon RDS', 'aws'],
    ]);
  });

  it('answers a former name with the service that it became', () => {
    expect(asked('who manages users in AWS Single Sign-On').service).toBe('AWS IAM Identity Center');
    expect(asked('Elasticsearch Service patching').service).toBe('Amazon OpenSearch Service');
  });

  it.each(
    knowledge.services
      .filter(({ name }) => /^(?:Amazon|AWS) \S+ \S+ \S+/.test(name) && !/[()]/.test(name))
      .map(({ name }) => name.replace(/^(?:Amazon|AWS) /, '')),
  )('knows %s without the brand before it', (name) => {
    expect(
      lookup(`Who patches the operating system under ${name}?`).recognised.services[0]?.service.name,
    ).toMatch(new RegExp(`${name.replace(/[.*+?]/g, '\\$&')}$`));
  });

  it('takes the service whose case is stated for the one that is asked about', () => {
    expect(
      asked('The RDS admin password is under managed rotation in Secrets Manager. Who changes it?'),
    ).toMatchObject({ owner: 'aws', service: 'AWS Secrets Manager' });
  });

  it('answers with AWS who provides a mechanism, but not because AWS offers one', () => {
    expect(ownerOf('Who provides security groups?')).toBe('aws');
    expect(ownerOf('Amazon offers security groups. Who sets their rules on EC2?')).toBe('customer');
    expect(
      ownerOf('HTTPS is offered by Amazon, a deny rule is written by us: S3 encryption in transit is whose?'),
    ).toBe('shared');
  });

  it('reads the letters before the options of an exam as no words', () => {
    expect(ownerOf('Which party trains staff in security? A) AWS B) the customer C) each its own')).toBe(
      'shared',
    );
  });

  it('never takes one abbreviation for another', () => {
    expect(asked('ECR encryption at rest').service).toBe('Amazon ECR');
    expect(asked('EKS OS patching').service).toBe('Amazon EKS');
    expect(asked('SNS encryption at rest').service).toBe('Amazon SNS');
    expect(ownerOf('who patches EQS')).toBe('unknown');
  });

  it('asks where a name can be several services', () => {
    expect(asked('who patches Redis').kind).toBe('ambiguous');
    expect(asked('permissions in Amazon Q').kind).toBe('ambiguous');
  });
});
