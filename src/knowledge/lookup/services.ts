// Decides which services a question is about: names beat plain words, and parts of a control's wording are not subjects.
import type { Service } from '../knowledge.ts';
import { comparing } from './intent.ts';
import type { Mention } from './names.ts';
import type { ReadText, Tools } from './read.ts';
import { statedOn, variantOf } from './stated.ts';

export interface Subjects {
  readonly mentions: readonly Mention[];
  /** The services meant, in the order of the text. */
  readonly services: readonly Service[];
  /** A name that several services share and nothing decides. */
  readonly open: Mention | undefined;
  /** True if the question sets them side by side ("EC2 vs RDS", "for both S3 and EBS"). */
  readonly compared: boolean;
}

/** The services that the question is about, the one that it asks about first. */
export function subjectsOf(read: ReadText, tools: Tools): Subjects {
  let mentions = read.mentions.filter((mention) => isSubject(mention, read, tools));
  const announced = mentions.find((mention) => isAnnounced(mention, read));
  if (announced) mentions = [announced];
  mentions = mentions.filter((mention) => !isPlace(mention, read, mentions));
  const whole = mentions.filter(({ part }) => !part);
  if (whole.length > 0) mentions = whole;
  mentions = withoutConditions(read, withoutDenied(read, withoutOrigins(read, mentions)), tools);
  const compared = areCompared(read, mentions);
  if (mentions.length === 0) mentions = read.mentions.filter(isProduct);
  const open = mentions.find(({ usual }) => usual === undefined);
  const named = mentions.flatMap(({ usual }) => usual ?? []);
  const distinct = [...new Set(named)];
  const meant = areOpposed(read, mentions) ? distinct : combine(distinct, tools);
  const services = meant.map((service) => {
    const variant = variantOf(service, read, tools);
    // "Aurora vs Aurora Serverless": the variant is named by itself
    return meant.includes(variant) ? service : variant;
  });
  const isCompared = services.length > 1 && compared;
  return {
    mentions,
    services: isCompared ? services : caseFirst(services, read, tools),
    open,
    compared: isCompared,
  };
}

/** "MySQL", "Kafka", "VM": a plain word for several services, but a thing of its own unlike "database". */
function isProduct({ certainty, product }: Mention): boolean {
  return certainty === 'generic' && product;
}

function isSubject(mention: Mention, read: ReadText, tools: Tools): boolean {
  if (mention.certainty === 'generic') return false;
  // "the key aws/ebs" is one of KMS
  if (read.text.includes(`aws/${mention.said}`)) return false;
  if (mention.certainty === 'name') return true;
  const token = read.tokens[mention.first];
  const before = read.tokens[mention.first - 1]?.word;
  if (token?.named || before === 'aws' || before === 'amazon') return true;
  // "batch on an EKS compute environment": what is told is a case of it
  const { usual } = mention;
  if (usual && statedOn(usual, read, tools).some(({ length }) => length > 1)) return true;
  // who writes capitals writes them in names
  const isWord =
    /^\p{Ll}/u.test(token?.raw ?? '') && read.tokens.some(({ raw }) => raw !== 'I' && /^\p{Lu}/u.test(raw));
  const otherNames = read.mentions.some(({ certainty }) => certainty === 'name');
  return !isWord && !otherNames;
}

/** "ACM: certificate renewal for a CloudFront distribution" is about ACM. */
function isAnnounced({ first, coreLast }: Mention, { text, tokens }: ReadText): boolean {
  if (first > 0 || tokens[coreLast + 1]?.afterPause !== true) return false;
  const core = tokens.slice(0, coreLast + 1).map(({ raw }) => raw);
  return text.trimStart().startsWith(`${core.join(' ')}:`);
}

/** "RDS in my VPC", "Lambda inside a VPC": where it stands, not what is asked. */
function isPlace(mention: Mention, read: ReadText, all: readonly Mention[]): boolean {
  if (all.length < 2 || mention.usual?.id !== 'vpc') return false;
  const before = read.tokens.slice(Math.max(0, mention.first - 3), mention.first).map(({ word }) => word);
  return before.some((word) => places.has(word));
}

const places = new Set(['in', 'inside', 'within', 'into', 'attached', 'connected']);

/** "Moved from EC2 to RDS": what was left is not asked about. */
function withoutOrigins(read: ReadText, mentions: readonly Mention[]): Mention[] {
  if (!read.tokens.some(({ word }) => moves.has(word))) return [...mentions];
  return mentions.filter((mention, i) => {
    const next = mentions[i + 1];
    const between = next ? read.tokens.slice(mention.last + 1, next.first).map(({ word }) => word) : [];
    const left = read.tokens.slice(Math.max(0, mention.first - 3), mention.first);
    return !(left.some(({ word }) => word === 'from') && (between[0] === 'to' || between[0] === 'onto'));
  });
}

const moves = new Set([
  'move',
  'moves',
  'moved',
  'moving',
  'migrate',
  'migrates',
  'migrated',
  'migrating',
  'switched',
  'went',
]);

/** "No EC2 in sight, all Fargate", "replaced NAT instances by NAT gateways": named to say that it is not meant. */
function withoutDenied(read: ReadText, mentions: readonly Mention[]): Mention[] {
  const wordsBetween = (from: number, to: number) => read.tokens.slice(from, to).map(({ word }) => word);
  const meant = mentions.filter(({ first, last }, i) => {
    const before = wordsBetween(Math.max(0, first - 3), first);
    const then = wordsBetween(last + 1, mentions[i + 1]?.first ?? 0);
    const replaced = before.some((word) => replacing.has(word)) && then.some((word) => by.has(word));
    return !replaced && !denials.has(before.at(-1) ?? '') && !substitutions.has(before.slice(-2).join(' '));
  });
  return meant.length > 0 ? meant : [...mentions];
}

const denials = new Set(['no', 'not', 'without', 'unlike']);
const substitutions = new Set(['instead of', 'rather than']);
const replacing = new Set(['replace', 'replaced', 'replaces', 'replacing', 'swapped']);
const by = new Set(['by', 'with', 'for']);

/** "Batch (EC2 compute environment)": the name tells a case of the service named before it, and is no second one. */
function withoutConditions(read: ReadText, mentions: readonly Mention[], tools: Tools): Mention[] {
  const [mention, ...later] = mentions;
  if (mention?.usual === undefined || later.length === 0) return [...mentions];
  const spans = statedOn(mention.usual, read, tools).filter(({ length }) => length > 1);
  const inCase = ({ first, last }: Mention) => spans.some((span) => span.first <= first && last <= span.last);
  // "ECS with own EC2 hosts" is a service of its own here
  const isCombined = ({ usual }: Mention) =>
    tools.combinations.some(({ of }) => of.every((part) => part === usual || part === mention.usual));
  return [mention, ...later.filter((other) => !inCase(other) || isCombined(other))];
}

/** "RDS password under managed rotation in Secrets Manager": of several services, the one that the case stated is of. */
function caseFirst(services: readonly Service[], read: ReadText, tools: Tools): readonly Service[] {
  if (services.length < 2) return services;
  const stated = (service: Service) => statedOn(service, read, tools).some(({ length }) => length > 1);
  const [first] = services;
  const later = first && !stated(first) ? services.find(stated) : undefined;
  return later ? [later, ...services.filter((service) => service !== later)] : services;
}

/** EKS and Fargate together mean EKS on Fargate; "EKS" beside "EKS Auto Mode" says nothing new. */
function combine(services: readonly Service[], tools: Tools): readonly Service[] {
  if (services.length < 2) return services;
  let left = services;
  for (const { of, is } of tools.combinations) {
    if (of.every((part) => left.includes(part)))
      left = [is, ...left.filter((service) => !of.includes(service))];
  }
  left = [...new Set(left)];
  return left.filter(
    (service) => !left.some((other) => other !== service && extendsName(other.name, service.name)),
  );
}

function extendsName(longer: string, shorter: string): boolean {
  return longer.length > shorter.length && longer.startsWith(`${shorter} `);
}

function areCompared(read: ReadText, mentions: readonly Mention[]): boolean {
  return mentions.slice(1).some((mention, i) => {
    const earlier = mentions[i];
    if (!earlier) return false;
    const between = read.tokens.slice(earlier.last + 1, mention.first);
    return (
      between.length <= 3 &&
      (between.some(({ word }) => comparing.has(word)) || pauses(read, earlier, mention))
    );
  });
}

/** "Outposts vs. S3": each for itself, not S3 on Outposts. */
function areOpposed({ tokens }: ReadText, mentions: readonly Mention[]): boolean {
  const between = tokens.slice((mentions[0]?.last ?? 0) + 1, mentions.at(-1)?.first ?? 0);
  return mentions.length > 1 && between.some(({ word }) => opposing.has(word));
}

const opposing = new Set(['vs', 'versus', 'against']);

/** "EC2, RDS": nothing but a comma or a slash between them. */
function pauses(read: ReadText, earlier: Mention, later: Mention): boolean {
  return later.first === earlier.last + 1 && read.tokens[later.first]?.afterPause === true;
}
