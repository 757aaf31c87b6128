/** What one layer is: where its files live, which layers it may import, which packages it may use. */
export type Layer = {
  readonly name: string;
  /** Path prefix from the project's root. The longest matching prefix decides a file's layer. */
  readonly under: string;
  readonly layers: readonly string[];
  readonly packages: readonly string[];
  /** What to do instead, told with the refusal. */
  readonly instead?: string;
};

const uiPackages = [
  'react',
  'react-dom',
  'zustand',
  'radix-ui',
  'lucide-react',
  '@tanstack/react-virtual',
  '@fontsource-variable/inter',
];

const belowCore = ['history', 'sqlite', 'files', 'http', 'clock', 'log', 'shared'];

/**
 * Who may import whom. A layer always may import itself; what is not listed is refused, and a file in no layer is an
 * error. Read by the lint rule beside it and by its test.
 */
export const layers: readonly Layer[] = [
  {
    name: 'shared',
    under: 'src-shared/',
    layers: [],
    packages: ['zod', 'libphonenumber-js'],
    instead: 'src-shared is pure: pass what it needs as an argument',
  },
  {
    name: 'renderer',
    under: 'src-renderer/',
    layers: ['shared'],
    packages: uiPackages,
    instead: 'the renderer reaches the host only through callHost over its Wire',
  },
  { name: 'log', under: 'src-main/log/', layers: ['shared'], packages: ['node'] },
  { name: 'clock', under: 'src-main/clock/', layers: ['log', 'shared'], packages: ['node'] },
  {
    name: 'sqlite',
    under: 'src-main/sqlite/',
    layers: ['log', 'shared'],
    packages: ['node', 'better-sqlite3'],
  },
  { name: 'files', under: 'src-main/files/', layers: ['log', 'shared'], packages: ['node'] },
  { name: 'http', under: 'src-main/http/', layers: ['log', 'shared'], packages: ['node'] },
  {
    name: 'history',
    under: 'src-main/history/',
    layers: ['sqlite', 'log', 'shared'],
    packages: ['node', 'better-sqlite3'],
  },
  {
    name: 'inbound',
    under: 'src-main/inbound/',
    layers: ['media', ...belowCore],
    packages: ['node'],
    instead: 'start-core hands inbound the adapter and tell',
  },
  {
    name: 'outbound',
    under: 'src-main/outbound/',
    layers: belowCore,
    packages: ['node'],
    instead: 'start-core hands outbound the adapter and tell',
  },
  { name: 'contacts', under: 'src-main/contacts/', layers: belowCore, packages: ['node'] },
  { name: 'media', under: 'src-main/media/', layers: belowCore, packages: ['node'] },
  {
    name: 'review',
    under: 'src-main/review/',
    layers: ['media', ...belowCore],
    packages: ['node'],
  },
  {
    name: 'relay',
    under: 'src-main/relay/',
    layers: ['sqlite', 'files', 'http', 'log', 'shared'],
    packages: ['node', 'ws', '@nats-io/transport-node', '@nats-io/jetstream'],
  },
  {
    name: 'sandbox-carrier',
    under: 'src-main/sandbox-carrier/',
    layers: ['sqlite', 'http', 'log', 'shared'],
    packages: ['node', 'zod'],
  },
  {
    name: 'provider-registry',
    under: 'src-main/providers/',
    layers: [
      'provider-sandbox',
      'provider-flowroute',
      'provider-generic-http',
      'provider-plivo',
      'provider-sip-message',
      'provider-smpp',
      'provider-telnyx',
      'provider-twilio',
      'provider-vonage',
      'http',
      'shared',
    ],
    packages: [],
  },
  {
    name: 'provider-sandbox',
    under: 'src-main/providers/sandbox/',
    layers: ['http', 'shared'],
    packages: ['node', 'zod'],
    instead: 'a carrier sees only http and shared, and never another carrier',
  },
  {
    name: 'provider-flowroute',
    under: 'src-main/providers/flowroute/',
    layers: ['http', 'shared'],
    packages: ['node', 'zod'],
    instead: 'a carrier sees only http and shared, and never another carrier',
  },
  {
    name: 'provider-generic-http',
    under: 'src-main/providers/generic-http/',
    layers: ['http', 'shared'],
    packages: ['node', 'zod'],
    instead: 'a carrier sees only http and shared, and never another carrier',
  },
  {
    name: 'provider-plivo',
    under: 'src-main/providers/plivo/',
    layers: ['http', 'shared'],
    packages: ['node', 'zod'],
    instead: 'a carrier sees only http and shared, and never another carrier',
  },
  {
    name: 'provider-sip-message',
    under: 'src-main/providers/sip-message/',
    layers: ['http', 'shared'],
    packages: ['node', 'zod', 'ws'],
    instead: 'a carrier sees only http and shared, and never another carrier',
  },
  {
    name: 'provider-smpp',
    under: 'src-main/providers/smpp/',
    layers: ['http', 'shared'],
    packages: ['node', 'zod'],
    instead: 'a carrier sees only http and shared, and never another carrier',
  },
  {
    name: 'provider-telnyx',
    under: 'src-main/providers/telnyx/',
    layers: ['http', 'shared'],
    packages: ['node', 'zod'],
    instead: 'a carrier sees only http and shared, and never another carrier',
  },
  {
    name: 'provider-twilio',
    under: 'src-main/providers/twilio/',
    layers: ['http', 'shared'],
    packages: ['node', 'zod'],
    instead: 'a carrier sees only http and shared, and never another carrier',
  },
  {
    name: 'provider-vonage',
    under: 'src-main/providers/vonage/',
    layers: ['http', 'shared'],
    packages: ['node', 'zod'],
    instead: 'a carrier sees only http and shared, and never another carrier',
  },
  {
    name: 'commands',
    under: 'src-main/commands/',
    layers: ['inbound', 'outbound', 'contacts', 'review', 'media', ...belowCore],
    packages: ['node'],
  },
  {
    name: 'core',
    under: 'src-main/core/',
    layers: [
      'commands',
      'inbound',
      'outbound',
      'contacts',
      'review',
      'media',
      'relay',
      'provider-registry',
      'sandbox-carrier',
      ...belowCore,
    ],
    packages: ['node', 'zod'],
  },
  {
    name: 'host-electron',
    under: 'src-main/hosts/electron/',
    layers: ['core', 'files', 'log', 'sqlite', 'shared'],
    packages: ['node', 'electron'],
    instead: 'electron is imported in src-main/hosts/electron alone',
  },
  {
    name: 'host-served',
    under: 'src-main/hosts/served/',
    layers: ['core', 'log', 'http', 'sqlite', 'shared'],
    packages: ['node', 'ws'],
  },
  {
    name: 'host-relay',
    under: 'src-main/hosts/relay/',
    layers: ['core', 'relay', 'files', 'log', 'http', 'sqlite', 'shared'],
    packages: ['node'],
  },
  {
    name: 'host-cli',
    under: 'src-main/hosts/cli/',
    layers: ['core', 'files', 'review', 'relay', 'log', 'sqlite', 'history', 'shared'],
    packages: ['node'],
  },
  {
    name: 'launch',
    under: 'src-main/launch/',
    layers: ['log', 'shared'],
    packages: ['node', 'electron-vite'],
    instead: 'nothing imports a host: start it as a program',
  },
];

/** Folders that may import anything and that nothing outside them may import. */
export const outermost: readonly string[] = ['test/', 'bench/'];
