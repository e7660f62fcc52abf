/** The passwords that are in examples and in everybody's list of first guesses; alone, repeated or with a number. */
const guesses = [
  'changeit',
  'changeme',
  'default',
  'dummy',
  'example',
  'admin',
  'letmein',
  'mealprep',
  'mongodb',
  'my',
  'none',
  'null',
  'pass',
  'passw0rd',
  'password',
  'passwort',
  'placeholder',
  'qwerty',
  'redis',
  'replaceme',
  'root',
  'secret',
  'test',
  'this',
  'todo',
  'undefined',
  'user',
  'valkey',
  'your',
];
const guessed = new RegExp(`^(?:${guesses.join('|')}|\\d)+$`);
const reason = 'is a placeholder; production needs a secret of its own, such as openssl rand -base64 32 makes';

/**
 * What of an environment is a secret that nobody has chosen yet, one line each: the variable and the reason. It looks
 * at passwords (`…_PASS`), at those within `REDIS_URL` and `…_URI`, and at `USER_KEYS_MASTER_KEY`. Empty outside
 * production.
 */
export function placeholderSecrets(environment: Readonly<Record<string, string>>): string[] {
  if (environment['NODE_ENV'] !== 'production') return [];
  return Object.entries(environment).flatMap(([name, value]) =>
    isPlaceholder(name, value) ? [`${name}: ${reasonFor(name)}`] : [],
  );
}

function isPlaceholder(name: string, value: string): boolean {
  if (name.endsWith('_PASS')) return isGuess(value);
  if (name === 'REDIS_URL' || name.endsWith('_URI')) {
    const password = passwordIn(value);
    return password !== null && isGuess(password);
  }
  if (name !== 'USER_KEYS_MASTER_KEY') return false;
  const key = Buffer.from(value, 'base64');
  return isRow(key) || isGuess(key.toString('latin1'));
}

const reasonFor = (name: string) => (/_(URL|URI)$/.test(name) ? `its password ${reason}` : reason);

function isGuess(password: string): boolean {
  // <password>, ${PASSWORD}, {{ password }}: a template that nobody has filled in
  if (/^(?:<.*>|\$\{?\w+\}?|\{\{.*\}\})$/.test(password)) return true;
  return isRow(Buffer.from(password)) || guessed.test(password.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}

/** All bytes the same, or each one more than the last: 0000, abcd. */
function isRow(bytes: Buffer): boolean {
  const [first = 0, second = first] = bytes;
  return bytes.every((byte, index) => byte === (first + index * (second - first)) % 256);
}

/** The password in `scheme://user:password@host`, which for MongoDB may be a list that URL cannot read. */
function passwordIn(address: string): string | null {
  const written = /^[a-z+]+:\/\/[^:@/]*:([^@/]*)@/.exec(address)?.[1];
  if (written === undefined || written === '') return null;
  try {
    return decodeURIComponent(written);
  } catch {
    // a lone % stands for itself
    return written;
  }
}
