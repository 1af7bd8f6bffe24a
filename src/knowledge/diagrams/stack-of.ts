// Maps a service to its stack: the layers that pictures show, each answered by the control that stands for it.
import type { Control, Knowledge } from '../knowledge.ts';
import type { Ruling } from '../rulings.ts';
import { ownerNames, ownerOrder, type ServiceStack, type StackLayer } from './stack.ts';

interface LayerOfControls {
  readonly label: string;
  /** The first of these controls that applies to the service answers for the layer. */
  readonly leads: readonly [string, ...string[]];
  /** Further controls that belong to the layer, where their own layer in the data does not say so. */
  readonly also?: readonly string[];
  /** The layer in the data whose other controls belong here. */
  readonly of?: Control['layer'];
}

const layers: readonly LayerOfControls[] = [
  { label: 'Customer data', leads: ['customer-data'], of: 'data' },
  { label: 'Access & identities', leads: ['iam-permissions'], of: 'identity' },
  {
    label: 'Application & code',
    leads: ['application-code'],
    of: 'application',
    also: ['kubernetes-workloads'],
  },
  {
    label: 'Runtime & engine',
    leads: ['runtime-patching'],
    also: ['major-version-upgrade', 'orchestrator-control-plane', 'foundation-models'],
  },
  {
    label: 'Guest operating system',
    leads: ['guest-os-patching'],
    also: ['os-hardening', 'software-installation', 'time-sync'],
  },
  {
    label: 'Network configuration',
    leads: ['security-groups', 'network-acls-routing', 'public-exposure'],
    of: 'network',
  },
  { label: 'Virtualization', leads: ['virtualization'], of: 'virtualization' },
  { label: 'Hosts & hardware', leads: ['hardware-maintenance'], of: 'hardware', also: ['host-os-patching'] },
  { label: 'AWS network', leads: ['network-infrastructure'], also: ['infrastructure-configuration'] },
  { label: 'Facilities', leads: ['physical-security'], also: ['global-infrastructure'] },
];

/** What differs under a condition: "Customer if custom AMI; AWS if Fargate or EKS Auto Mode". */
function noteOf({ owner, branches }: Ruling): string | undefined {
  const cases = ownerOrder
    .filter((other) => other !== owner)
    .map((other) => ({
      other,
      when: branches.filter((branch) => branch.owner === other).map(({ when }) => when),
    }))
    .filter(({ when }) => when.length > 0)
    .map(({ other, when }) => `${ownerNames[other]} if ${when.join(' or ')}`);
  return cases.length === 0 ? undefined : cases.join('; ');
}

function layerFor(knowledge: Knowledge, serviceId: string, layer: LayerOfControls): StackLayer[] {
  for (const lead of layer.leads) {
    const ruling = knowledge.ruling(serviceId, lead);
    if (ruling.owner === 'not-applicable') continue;
    const note = noteOf(ruling);
    return [{ label: layer.label, owner: ruling.owner, ...(note === undefined ? {} : { note }) }];
  }
  return [];
}

/** The stack of a service; layers that do not apply to it are left out. Throws on an id that does not exist. */
export function stackOf(knowledge: Knowledge, serviceId: string): ServiceStack {
  const service = knowledge.serviceById(serviceId);
  if (service === undefined) throw new RangeError(`there is no service "${serviceId}"`);
  return {
    service: service.name,
    model: knowledge.modelOf(service).label,
    layers: layers.flatMap((layer) => layerFor(knowledge, serviceId, layer)),
  };
}

/** Index into `stack.layers` of the layer that a control belongs to; undefined if it is about the whole, such as costs. */
export function layerOfControl(stack: ServiceStack, control: Control): number | undefined {
  const named = layers.find(({ leads, also }) => leads.includes(control.id) || also?.includes(control.id));
  const layer = named ?? layers.find(({ of }) => of === control.layer);
  const index = stack.layers.findIndex(({ label }) => label === layer?.label);
  return index === -1 ? undefined : index;
}
