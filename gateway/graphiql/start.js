// Runs in the browser: React, ReactDOM and GraphiQL are the globals of the scripts before this one.
const { React, ReactDOM, GraphiQL, URLSearchParams, document, location } = globalThis;

const given = new URLSearchParams(location.search);

const welcome = `# The graph of MealPrep360.
# Ctrl-Enter runs the query, Ctrl-Space completes.
# As a signed-in user, put this into Headers below:
#   {"Authorization": "Bearer <accessToken>"}

{
  recipes(first: 5) {
    nodes {
      title
    }
  }
}
`;

const graphiql = React.createElement(GraphiQL, {
  fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
  defaultQuery: welcome,
  ...(given.has('query') ? { query: given.get('query') } : {}),
  ...(given.has('variables') ? { variables: given.get('variables') } : {}),
  defaultEditorToolsVisibility: 'headers',
});

ReactDOM.createRoot(document.getElementById('graphiql')).render(graphiql);
