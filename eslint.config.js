import js from '@eslint/js';
import graphql from '@graphql-eslint/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { globSync } from 'node:fs';
import ts from 'typescript-eslint';

const tests = ['**/tests/**/*.ts', '**/*.test.ts', 'shared/testing/**/*.ts', 'tests/**/*.ts'];

export default ts.config(
  { ignores: ['**/node_modules/', '**/generated/', '.mealprep360/', 'dev-env/data/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
      // Numbers and dates read well in a sentence.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // A shape is an interface or a type, whichever says it shorter.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      // A type parameter is called Record where records are meant.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // Both spellings mean the same where the index is a known word.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/only-throw-error': 'error',
      // This rule follows mongoose's recursive types without an end and overflows the stack (typescript-eslint 8.73).
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    // The environment is read in one place; everybody else is given a config.
    files: ['gateway/**/*.ts', 'bff/**/*.ts', 'shared/**/*.ts', 'subgraphs/**/*.ts'],
    ignores: ['shared/service/src/config.ts', 'gateway/scripts/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only shared/service/src/config.ts reads the environment.' },
      ],
    },
  },
  {
    // The domain is pure: the same question has the same answer, always.
    files: ['subgraphs/*/src/domain/**/*.ts', 'shared/quantity/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'setTimeout', 'setInterval', 'crypto', 'performance', 'process'].map(name => ({
          name,
          message: 'The domain reaches no clock, network or randomness: have it passed in.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Have the time passed in.' },
        { object: 'Math', property: 'random', message: 'Have what is random passed in.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Have the time passed in.' },
      ],
    },
  },
  {
    // People at a terminal are spoken to.
    files: ['dev-env/**/*.{ts,mjs}', 'gateway/scripts/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: tests,
    rules: {
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      // An answer of the graph has the shape of the query; what is not there fails the expectation.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        AbortSignal: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  // Each schema is checked with its own types in sight only: rooms share names.
  ...globSync('subgraphs/*/schema.graphql').map(file => ({
    files: [file],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: file } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          ignoredSelectors: ['[name.value=Query]', '[name.value=Mutation]'],
        },
      ],
      '@graphql-eslint/naming-convention': [
        'error',
        {
          types: 'PascalCase',
          FieldDefinition: 'camelCase',
          EnumValueDefinition: 'UPPER_CASE',
          InputValueDefinition: 'camelCase',
        },
      ],
      '@graphql-eslint/no-typename-prefix': 'off',
    },
  })),
  prettier,
);
