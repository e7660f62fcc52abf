/** The fences of the house, kept transitively. @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '/generated/' } },
    {
      name: 'a-room-reaches-itself-and-the-ground-floor',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/', pathNot: '/tests/' },
      to: { path: '^(subgraphs|gateway|bff|dev-env|bench|ops|migration|tests)/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'the-ground-floor-reaches-no-room',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(subgraphs|gateway|bff|dev-env|bench|ops|migration|tests)/' },
    },
    {
      name: 'contracts-and-quantity-stand-alone',
      severity: 'error',
      from: { path: '^shared/(contracts|quantity|redis)/' },
      to: { path: '^shared/', pathNot: '^shared/$1/' },
    },
    {
      name: 'doors-reach-no-database-and-no-room',
      severity: 'error',
      from: { path: '^(gateway|bff)/', pathNot: '/tests/' },
      to: { path: '^(subgraphs|shared/(mongo|events|quantity))/|node_modules/(mongoose|mongodb)/', reachable: true },
    },
    {
      name: 'ops-asks-services-and-opens-no-database',
      severity: 'error',
      from: { path: '^ops/', pathNot: '/tests/' },
      to: {
        path: '^(subgraphs|gateway|bff|dev-env|bench|migration|tests)/|^shared/(?!(contracts|service)/|redis/src/address)|node_modules/(mongoose|mongodb|ioredis)/',
        reachable: true,
      },
    },
    {
      name: 'the-domain-is-pure',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/domain/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^shared/(mongo|events|testing)/|^shared/service/src/(?!fault)|/src/(models|resolvers|reactions|commands|loaders|context)|node_modules/(mongoose|ioredis|graphql)/|^node:',
        reachable: true,
      },
    },
    {
      name: 'sagas-are-data',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/sagas/' },
      to: { path: 'node_modules/(mongoose|ioredis|graphql)/' },
    },
    {
      name: 'reactions-and-commands-touch-no-graph',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/(reactions|commands)/' },
      to: { path: '/src/(resolvers|generated|loaders)/|node_modules/graphql/' },
    },
    {
      name: 'resolvers-reach-data-through-their-context',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/resolvers/' },
      to: {
        path: 'node_modules/(mongoose|ioredis)/|^shared/(mongo/src/(database|transaction)|events/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-test-kit-in-the-product',
      severity: 'error',
      from: {
        path: '^(gateway|bff|subgraphs|shared|dev-env|ops)/',
        pathNot: '(/tests/|\\.test\\.ts$|^shared/testing/|^dev-env/src/fixture)',
      },
      to: { path: '^shared/testing/|node_modules/vitest/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
