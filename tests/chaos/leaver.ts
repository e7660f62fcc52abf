import { signUp, Unknown, type Outcome, type Person } from './client.ts';
import { newPlan, type World } from './operations.ts';

/** Somebody who wrote in every room and deleted their account. */
export interface Leaver {
  userId: string;
  /** stands in their address, their name and all they wrote, and nowhere else */
  mark: string;
  /** Writes with the token that they still have. Answers whether something was written. */
  comeBack: () => Promise<boolean>;
}

let leavers = 0;
const errors = 'userErrors { code }';

const recipeOf = (mark: string) => ({
  title: `${mark} stew`,
  recipeIngredient: [`2 ${mark}berries`, '500 g flour'],
  recipeInstructions: [{ steps: [`Stir ${mark}.`] }],
  visibility: 'PUBLIC',
});

/** What they write: field, its argument's type, the argument. */
const texts = (mark: string): [string, string, object][] => [
  ['updateProfile', 'UpdateProfileInput!', { avatar: `https://${mark}.example/me.png` }],
  ['updatePreferences', 'UpdatePreferencesInput!', { dislikedIngredients: [mark] }],
  ['createRecipe', 'RecipeInput!', recipeOf(mark)],
  ['updateSocialProfile', 'SocialProfileInput!', { handle: `${mark}_h`, bio: mark }],
  ['createPost', 'CreatePostInput!', { body: mark }],
  ['createBlogPost', 'BlogPostInput!', { title: mark, bodyMarkdown: mark, tags: [mark] }],
];

const write = (field: string, type: string) => `mutation($input: ${type}) { ${field}(input: $input) { ${errors} } }`;

/** Signs somebody up who writes in every room, and then deletes their account. Throws Unknown when it is not known. */
export async function leave(graph: string, world: World): Promise<void> {
  const mark = `zq${(leavers += 1)}leaver`;
  const person = await signUp(graph, `${mark}@example.org`, mark);
  const refused = (what: string, { userErrors }: Outcome): void => {
    if (userErrors.length > 0) world.journal.surprises.push(`${mark} could not ${what}: ${userErrors.join(', ')}`);
  };
  for (const [field, type, input] of texts(mark)) refused(field, await person.insist(write(field, type), { input }));
  const list = `mutation($name: String!) { createShoppingList(name: $name) { ${errors} } }`;
  refused('createShoppingList', await person.insist(list, { name: mark }));
  const plan = await newPlan({ person, recipes: [], plans: [] }, world, { note: mark });
  plan.deletion = 'wanted';
  const input = { password: person.password, idempotencyKey: mark };
  refused('leave', await person.insist(write('deleteAccount', 'DeleteAccountInput!'), { input }));
  const comeBack = () => isWritten(person, mark);
  world.journal.left.push({ userId: person.userId, mark, comeBack });
  // what is written before all rooms have heard of it goes with the rest
  await comeBack();
}

async function isWritten(person: Person, mark: string): Promise<boolean> {
  try {
    const { userErrors } = await person.ask(write('createRecipe', 'RecipeInput!'), { input: recipeOf(mark) });
    return userErrors.length === 0;
  } catch (error) {
    if (error instanceof Unknown) return false;
    throw error;
  }
}
