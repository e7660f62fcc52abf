import { describe, expect, it } from 'vitest';
import { readArguments } from '../src/arguments.ts';

describe('the arguments of npm start', () => {
  it('default to port 4000 and a folder of the repository', () => {
    expect(readArguments([], '/house')).toEqual({
      portBase: 4000,
      data: '/house/.mealprep360',
      isolate: false,
      production: false,
      fresh: false,
      help: false,
    });
  });

  it('are all read', () => {
    const args = ['--port-base', '5000', '--data', 'other', '--isolate', '--production', '--fresh'];
    expect(readArguments(args, '/house')).toMatchObject({
      portBase: 5000,
      data: '/house/other',
      isolate: true,
      production: true,
      fresh: true,
    });
  });

  it.each([
    [['--port-base', 'abc'], /--port-base abc must be a whole number/],
    [['--port-base', '80'], /from 1024 to 65525/],
    [['--port-base', '65530'], /from 1024 to 65525/],
    [['--data', ''], /--data needs a folder/],
    [['--data'], /'--data <value>' argument missing/],
    [['--prodution'], /Unknown option '--prodution'/],
    [['start'], /Unexpected argument 'start'/],
  ])('name what is wrong with %j', (args, message) => {
    expect(() => readArguments(args, '/house')).toThrow(message);
  });
});
