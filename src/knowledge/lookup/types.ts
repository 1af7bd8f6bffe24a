// What a look-up yields: a match, a choice to make, or "I don't know" with the nearest suggestions.
import type { Control, Model, Service } from '../knowledge.ts';
import type { Branch, GeneralRule, Ruling } from '../rulings.ts';
import type { RulingOwner } from '../schema.ts';

export type Lookup = Match | Ambiguous | Unknown;

/** What was read in the text, in the order of the stages; `ask --explain` prints it. */
export interface Recognised {
  /** Names of services as typed, with what they were taken for. */
  readonly services: readonly {
    readonly said: string;
    readonly service: Service;
    /** Set if it was called by a name that it no longer has. */
    readonly former?: string;
  }[];
  /** Best control first, with the probability that the classifier gives it. */
  readonly controls: readonly { readonly control: Control; readonly learnt: number }[];
  /** The words of the question that point to the best control. */
  readonly telling: readonly string[];
  readonly models: readonly Model[];
  readonly conditions: readonly string[];
  readonly corrections: readonly { readonly from: string; readonly to: string }[];
  /** Words that nothing explains. */
  readonly unexplained: readonly string[];
  /** Why it was decided so, one step a line. */
  readonly steps: readonly string[];
}

export interface Match {
  readonly kind: 'match';
  readonly answer: Answer;
  readonly recognised: Recognised;
}

export type Answer =
  /** A service and a control. `branch` is set where the question names a condition that selects it. */
  | {
      readonly about: 'ruling';
      readonly ruling: Ruling;
      readonly branch?: Branch;
      /** The question asks who supplies the mechanism ("who provides security groups"): that is AWS. */
      readonly mechanism: boolean;
    }
  /** A control, no service: the general rule. */
  | { readonly about: 'general'; readonly rule: GeneralRule; readonly mechanism: boolean }
  /** A control and a kind of service ("in SaaS"). */
  | {
      readonly about: 'model';
      readonly models: readonly Model[];
      readonly rule: GeneralRule;
      readonly owner: RulingOwner | 'depends';
    }
  /** A service, no control: a summary of it. */
  | { readonly about: 'service'; readonly service: Service }
  /** Two to four services side by side; without a control, the whole stack. */
  | {
      readonly about: 'comparison';
      readonly services: readonly Service[];
      readonly control?: Control;
      readonly rulings: readonly Ruling[];
    };

/** One reading of a question that has several. */
export interface Reading {
  readonly label: string;
  readonly service?: Service;
  readonly control: Control;
  readonly owner: RulingOwner | 'depends';
  readonly ruling?: Ruling;
}

export interface Ambiguous {
  readonly kind: 'ambiguous';
  /** One sentence: what is open. */
  readonly reason: string;
  readonly readings: readonly Reading[];
  readonly suggestions: readonly string[];
  readonly recognised: Recognised;
}

export interface Unknown {
  readonly kind: 'unknown';
  /** One sentence: why there is no answer. */
  readonly reason: string;
  /** Questions that would be answered, nearest first. */
  readonly suggestions: readonly string[];
  readonly recognised: Recognised;
}
