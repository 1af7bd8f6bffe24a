// What the pictures of responsibility draw: plain data, so that they need to know nothing of the knowledge base.

export type LayerOwner = 'aws' | 'customer' | 'shared';

/** One layer of a stack. The top of a stack is nearest to the user, the bottom is the building. */
export interface StackLayer {
  readonly label: string;
  readonly owner: LayerOwner;
  /** Half a line under the label, such as what the answer depends on. */
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
};
