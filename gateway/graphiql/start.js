// Runs in the browser: React, ReactDOM and GraphiQL are the globals of the scripts before this one.
const { React, ReactDOM, GraphiQL, location } = globalThis;

const given = new URLSearchParams(location.search);

const welcome = `# The graph of MealPrep360. Ctrl-Enter runs the query; Ctrl-Space completes names.
# As a signed-in user: put {"Authorization": "Bearer <accessToken of signIn>"} into Headers below.

{
  recipes(first: 5) {
    nodes {
      name
    }
  }
}
`;

const graphiql = React.createElement(GraphiQL, {
  fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
  defaultQuery: welcome,
  ...(given.has('query') ? { initialQuery: given.get('query') } : {}),
  ...(given.has('variables') ? { initialVariables: given.get('variables') } : {}),
  defaultEditorToolsVisibility: 'headers',
});

ReactDOM.createRoot(globalThis.document.getElementById('graphiql')).render(graphiql);
