// Faults on demand: errors, limits, lost answers and silence.

export type Fault =
  | { readonly error: string; readonly messages?: readonly string[] }
  | { readonly status: number }
  | { readonly retryAfter: number }
  /** The call is carried out, and its answer never comes. */
  | { readonly lost: true }
  /** The call is answered only after this. */
  | { readonly until: Promise<void>; readonly arrived: () => void };

export class Faults {
  readonly #planned = new Map<string, { fault: Fault; times: number }[]>();

  /** The next `times` calls of a method fail in this way. */
  plan(method: string, fault: Fault, times = 1): void {
    this.#planned.set(method, [...(this.#planned.get(method) ?? []), { fault, times }]);
  }

  clear(): void {
    this.#planned.clear();
  }

  next(method: string): Fault | undefined {
    const plans = this.#planned.get(method) ?? [];
    const [first] = plans;
    if (first === undefined) return undefined;
    first.times -= 1;
    if (first.times <= 0) this.#planned.set(method, plans.slice(1));
    return first.fault;
  }
}
