import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser';

/** Inside `shared`, each layer may import these and itself, and of packages only those named. */
const sharedLayers: Readonly<
  Record<string, { readonly layers: readonly string[]; readonly packages: readonly string[] }>
> = {
  domain: { layers: [], packages: ['temporal-polyfill', 'sorted-btree'] },
  protocol: { layers: ['domain'], packages: ['typebox'] },
  views: { layers: ['domain', 'protocol', 'locales'], packages: [] },
  locales: { layers: [], packages: ['intl-messageformat'] },
  client: { layers: ['domain', 'protocol', 'views', 'locales'], packages: [] },
  screen: { layers: ['client', 'protocol', 'views', 'locales'], packages: ['svelte', 'socket.io-client'] },
};

/** What each folder of the server may import of the others. `shared` is open to all but `launch`. */
export const serverFolders: Readonly<Record<string, readonly string[]>> = {
  ledger: [],
  embedded: [],
  // An import of a blueprint tells the hall that its set-up changed, as a command, and notes who imported it.
  setup: ['audit', 'hall', 'ledger'],
  hall: ['ledger'],
  live: ['hall'],
  // What can be learnt from the ledger, read when somebody asks.
  insight: ['hall', 'ledger', 'setup'],
  push: ['hall'],
  jobs: ['hall', 'ledger', 'live'],
  // Who is signed in is found by routes of its own, and what a route answers with comes from `http`.
  access: ['audit', 'hall', 'http', 'ledger', 'push', 'setup'],
  // Each act notes itself with what is here; the routes to read the trail ask who is signed in, as all others.
  audit: ['access', 'http', 'ledger'],
  // Which device asks is found as who is signed in is; what keeps them apart stands in `access`.
  devices: ['access', 'audit', 'hall', 'http', 'ledger', 'push', 'setup'],
  // Kiosks and counters that call staff; their names are those of the devices.
  help: ['access', 'audit', 'devices', 'hall', 'http', 'ledger', 'setup'],
  // What managers are told of, from the state of the hall and the figures of its reports.
  alerts: ['access', 'audit', 'hall', 'http', 'insight', 'ledger', 'live', 'mail', 'setup'],
  // E-mails, to whomever.
  mail: [],
  // Reports that are sent to subscribers, by the same statements as those on the page.
  'report-mail': ['access', 'audit', 'http', 'insight', 'ledger', 'mail', 'setup'],
  // Pictures and videos beside the calls; who may bring them and what their rows hang on is known elsewhere.
  files: ['access', 'audit', 'http', 'ledger', 'setup'],
  http: [
    'access',
    'alerts',
    'audit',
    'devices',
    'files',
    'hall',
    'help',
    'insight',
    'joining',
    'ledger',
    'live',
    'mail',
    'notify',
    'print',
    'push',
    'report-mail',
    'setup',
    'visitors',
  ],
  // Messages to visitors' phones: what a phone is told is what its visitor may know.
  notify: ['access', 'hall', 'http', 'ledger', 'live', 'visitors'],
  // Tickets on paper: what is on one is what its visitor may know. How their own printers are, kiosks have reported.
  print: ['audit', 'http', 'ledger', 'visitors'],
  // A ticket taken with the own phone, by a code that the hall's screens show: its pages are written as the ticket's own.
  joining: ['access', 'hall', 'http', 'visitors'],
  // What a visitor does by the link of the own ticket.
  visitors: ['access', 'audit', 'hall', 'http', 'ledger', 'notify'],
  // Asks a running installation: the ledger, what is folded from it, and the API as everybody else.
  doctor: ['hall', 'ledger', 'live', 'setup'],
  // What lobby TVs speak, made with other programs before it ships.
  voices: [],
  rehearsal: ['access', 'doctor', 'hall', 'ledger', 'live', 'setup'],
  'start-up': [
    'access',
    'alerts',
    'audit',
    'devices',
    'doctor',
    'embedded',
    'hall',
    'http',
    'insight',
    'jobs',
    'ledger',
    'live',
    'node.ts',
    'notify',
    'print',
    'push',
    'rehearsal',
    'setup',
    'visitors',
  ],
  'command-line': [
    'access',
    'alerts',
    'audit',
    'devices',
    'doctor',
    'embedded',
    'hall',
    'http',
    'insight',
    'jobs',
    'ledger',
    'live',
    'node.ts',
    'notify',
    'print',
    'push',
    'rehearsal',
    'setup',
    'start-up',
    'visitors',
    'voices',
  ],
  // Runs before anything is installed, on any Node from 20 on: it knows nothing but itself.
  launch: [],
};

const either = (names: readonly string[]): string => `(?:${names.join('|')})`;

const layerRules: IForbiddenRuleType[] = Object.entries(sharedLayers).flatMap(([layer, { layers, packages }]) => [
  {
    name: `shared-${layer}`,
    comment: `shared/${layer} imports of shared only ${['itself', ...layers].join(', ')}`,
    severity: 'error',
    from: { path: `^shared/${layer}/` },
    to: {
      path: '^(shared|server|display|counter|migrations)/',
      pathNot: [`^shared/${either([layer, ...layers])}/`, 'node_modules'],
    },
  },
  {
    name: `shared-${layer}-packages`,
    comment: `shared/${layer} uses of packages only ${packages.join(', ') || 'none'}`,
    severity: 'error',
    from: { path: `^shared/${layer}/` },
    to: {
      path: 'node_modules/',
      pathNot: packages.length > 0 ? `node_modules/${either(packages)}/` : '^$',
    },
  },
]);

const folderRules: IForbiddenRuleType[] = Object.entries(serverFolders).map(([folder, others]) => ({
  name: `server-${folder}`,
  comment: `server/${folder} imports of the server only ${['itself', ...others].join(', ')}`,
  severity: 'error',
  from: { path: `^server/${folder}/` },
  to: { path: '^server/', pathNot: [`^server/${either([folder, ...others])}(?:/|$)`, 'node_modules'] },
}));

/**
 * Who may import whom, for dependency-cruiser: `domain ← protocol ← views` in shared, everybody else on top of shared,
 * and of the server only the composition root knows all parts.
 */
export const importRules: IForbiddenRuleType[] = [
  {
    name: 'no-circle',
    comment: 'Two files that import each other cannot be understood, or loaded, one after the other.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'nothing-unresolved',
    comment: 'An import of something that is not there.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  ...layerRules,
  {
    name: 'shared-runs-anywhere',
    comment: 'shared runs in browsers too: no part of Node.',
    severity: 'error',
    from: { path: '^shared/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'shared-by-name',
    comment: 'Other packages import shared and server by their names (`@antrean/shared/…`), not by a path.',
    severity: 'error',
    from: { path: '^(server|display|counter|tests|migrations)/' },
    to: { path: '^shared/', dependencyTypes: ['local'] },
  },
  {
    name: 'tests-by-name',
    comment: 'Tests import the server and the apps by the names of their packages.',
    severity: 'error',
    from: { path: '^tests/' },
    to: { path: '^(server|display|counter)/', dependencyTypes: ['local'] },
  },
  {
    name: 'display-alone',
    comment: 'The public screens know shared only.',
    severity: 'error',
    from: { path: '^display/' },
    to: { path: '^(server|counter|migrations)/' },
  },
  {
    name: 'counter-alone',
    comment: "The staff's screens know shared only.",
    severity: 'error',
    from: { path: '^counter/' },
    to: { path: '^(server|display|migrations)/' },
  },
  {
    name: 'server-without-screens',
    comment: 'The server serves what was built of the screens, and imports none of their files.',
    severity: 'error',
    from: { path: '^server/' },
    to: { path: '^(display|counter)/' },
  },
  ...folderRules,
  {
    name: 'launch-before-install',
    comment: 'What `npm start` runs first finds no packages yet.',
    severity: 'error',
    from: { path: '^server/launch/' },
    to: { path: '^shared/|node_modules/' },
  },
  {
    name: 'nothing-needs-tests',
    comment: 'The product does not import its tests.',
    severity: 'error',
    from: { pathNot: '^tests/' },
    to: { path: '^tests/' },
  },
];

export const cruiseConfiguration: IConfiguration = {
  forbidden: importRules,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.svelte-kit)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
  },
};
