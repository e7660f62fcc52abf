import type { Leaver } from './leaver.ts';

/** One plan that was asked for, under one key, however often. */
export interface AskedPlan {
  key: string;
  ownerId: string;
  wantsList: boolean;
  /** the ids that were answered: never two different ones */
  answered: Set<string>;
  /** whether somebody wanted it deleted, and whether that was acknowledged */
  deletion: 'none' | 'wanted' | 'acknowledged';
}

/** The highest version of an aggregate that somebody was told their write had made. */
interface Acknowledged {
  collection: 'recipes' | 'meal_plans';
  id: string;
  version: number;
  /** the plan that it is, which may be deleted since */
  plan?: AskedPlan;
}

/** What the load asked for and what it was told: the databases must agree with it in the end. */
export interface Journal {
  plans: Map<string, AskedPlan>;
  acknowledged: Map<string, Acknowledged>;
  /** how many operations of each kind were answered, and how many have an unknown outcome */
  done: Map<string, { answered: number; unknown: number }>;
  /** whose accounts were deleted, as they were told */
  left: Leaver[];
  /** what somebody was told and should not have been told */
  surprises: string[];
  acknowledge: (entry: Acknowledged) => void;
  count: (operation: string, outcome: 'answered' | 'unknown') => void;
}

export function journal(): Journal {
  const acknowledged: Journal['acknowledged'] = new Map();
  const done: Journal['done'] = new Map();
  return {
    plans: new Map(),
    acknowledged,
    done,
    left: [],
    surprises: [],
    acknowledge: entry => {
      const before = acknowledged.get(entry.id);
      if (before === undefined || before.version < entry.version) acknowledged.set(entry.id, entry);
    },
    count: (operation, outcome) => {
      const counts = done.get(operation) ?? { answered: 0, unknown: 0 };
      counts[outcome] += 1;
      done.set(operation, counts);
    },
  };
}
