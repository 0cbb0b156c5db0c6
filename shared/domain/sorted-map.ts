import sortedBtree from 'sorted-btree';

// The package is CommonJS: seen from an ES module its class is the `default` of the default import.
const BTree = sortedBtree.default;

/** A map in key order whose copy costs nothing until one side changes: what lets `evolve` be pure on 10,000 tickets. */
export type SortedMap<K extends string, V> = InstanceType<typeof BTree<K, V>>;

export const sortedMap = <K extends string, V>(entries: [K, V][] = []): SortedMap<K, V> =>
  new BTree<K, V>(entries, sortedBtree.simpleComparator as (a: K, b: K) => number);
