// What the pictures of responsibility draw: plain data, so that they need to know nothing of the knowledge base.

/** `depends`: the answer differs with a condition, such as the launch type; the note says on what. */
export type LayerOwner = 'aws' | 'customer' | 'shared' | 'depends';

/** One layer of a stack. The top of a stack is nearest to the user, the bottom is the building. */
export interface StackLayer {
  readonly label: string;
  readonly owner: LayerOwner;
  /** A line under the label, such as what the answer depends on. */
  readonly note?: string;
}

export interface ServiceStack {
  readonly service: string;
  /** The kind of service in words, such as "Infrastructure (IaaS)". */
  readonly model: string;
  readonly layers: readonly StackLayer[];
}

export const ownerNames: Readonly<Record<LayerOwner, string>> = {
  aws: 'AWS',
  customer: 'Customer',
  shared: 'Shared',
  depends: 'Depends',
};

/** The order in which owners are named: from the top of a usual stack to its bottom. */
export const ownerOrder = ['customer', 'shared', 'depends', 'aws'] as const;

/** The layers in words, grouped by owner: "Customer: data, access; AWS: hardware, facilities". */
export function describeLayers(layers: readonly StackLayer[]): string {
  return ownerOrder
    .map((owner) => ({
      owner,
      labels: layers.filter((layer) => layer.owner === owner).map(({ label }) => label),
    }))
    .filter(({ labels }) => labels.length > 0)
    .map(({ owner, labels }) => `${ownerNames[owner]}: ${labels.join(', ')}`)
    .join('; ');
}
