import sortedBtree from 'sorted-btree';

// The package is CommonJS: seen from an ES module its class is the `default` of the default import.
const BTree = sortedBtree.default;

/** A map in key order whose copy costs nothing until one side changes: what lets `evolve` be pure on 10,000 tickets. */
export type SortedMap<K extends string, V> = InstanceType<typeof BTree<K, V>>;

export const sortedMap = <K extends string, V>(entries: [K, V][] = []): SortedMap<K, V> =>
  new BTree<K, V>(entries, inOrder);

/** `here` is the map's own key. New keys mostly come behind it, which one comparison then tells. */
const inOrder = (here: string, wanted: string): number => (here < wanted ? -1 : here > wanted ? 1 : 0);
