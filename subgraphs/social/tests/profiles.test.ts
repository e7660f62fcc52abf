import { UserDeleted } from '@mealprep360/contracts/users';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_FOLLOWING } from '../src/models/follow.ts';
import { userProfileCollection } from '../src/models/user-profile.ts';
import { openHouse, signedUp, soon, type House } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const profileOf = async (userId: string, viewer: string | null = null) => {
  const { data, errors } = await house.graph(
    viewer,
    `query ($all: [_Any!]!) { _entities(representations: $all) { ... on User { socialProfile {
      id handle bio followerCount followingCount viewerFollows user { id }
      followers { totalCount edges { node { id } } } following { totalCount edges { node { id } } }
    } } } }`,
    { all: [{ __typename: 'User', id: userId }] },
  );
  expect(errors).toBeUndefined();
  return data._entities[0].socialProfile;
};
const OWN = '{ me { socialProfile { handle } } }';

describe('a profile', () => {
  it('is made on sign-up, with a handle that tells nothing of the person', async () => {
    const ana = newId();
    await house.say('users', signedUp(ana));
    await soon(() => profileOf(ana)).toMatchObject({ id: ana, bio: null, followerCount: 0, viewerFollows: false });
    const { handle } = await profileOf(ana);
    expect(handle).toMatch(/^cook_[0-9a-f]{6}$/);
    expect(ana).not.toContain(handle.slice(5));
    expect(
      (await house.graph(null, '{ socialProfile(handle: "nobody_at_all") { id } }')).data.socialProfile,
    ).toBeNull();
  });

  it('is made once for who acts and is looked at before the word of the sign-up arrived', async () => {
    const ana = house.person();
    const asked = house.atUsers.asked;
    const documents = Array.from({ length: 8 }, () => house.graph(ana, OWN));
    const handles = (await Promise.all(documents)).map(({ data }) => data.me.socialProfile.handle);
    expect(new Set(handles).size).toBe(1);
    expect(house.atUsers.asked).toBeGreaterThan(asked);
    const before = house.atUsers.asked;
    await house.post(ana);
    await house.say('users', signedUp(ana));
    expect(house.atUsers.asked).toBe(before);
  });

  it('that has not arrived, with users away, is said to be not ready', async () => {
    const ana = newId();
    const known = house.person();
    await house.post(known);
    house.atUsers.isAway = true;
    try {
      const payload = await house.mutate(ana, 'createPost', { input: { body: 'Hi' } });
      expect(payload).toMatchObject({ post: null, userErrors: [{ code: 'NOT_READY' }] });
      const { data, errors } = await house.graph(ana, OWN);
      expect({ data, code: errors?.[0]?.extensions.code }).toEqual({
        data: { me: { socialProfile: null } },
        code: 'NOT_READY',
      });
      // who has one needs users for nothing
      await house.post(known);
    } finally {
      house.atUsers.isAway = false;
    }
  });

  it('is null for who never signed up, and who acts like that is refused', async () => {
    const nobody = newId();
    expect((await house.graph(nobody, OWN)).data.me.socialProfile).toBeNull();
    const { data, errors } = await house.graph(
      nobody,
      `mutation { createPost(input: { body: "Hi" }) { post { id } } }`,
    );
    expect({ data, code: errors?.[0]?.extensions.code }).toEqual({ data: null, code: 'UNAUTHENTICATED' });
  });

  it('goes when the user does, and no late word brings it back', async () => {
    const ana = newId();
    house.atUsers.people.add(ana);
    await house.post(ana);
    await house.say('users', UserDeleted.of(ana, 2, { id: ana }));
    await soon(() => profileOf(ana)).toBeNull();
    await house.say('users', signedUp(ana));
    const { errors } = await house.graph(ana, 'mutation { createPost(input: { body: "Hi" }) { post { id } } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await profileOf(ana)).toBeNull();
  });
});

describe('a handle', () => {
  const change = (userId: string, input: object) => house.mutate(userId, 'updateSocialProfile', { input });

  it('is changed, found in any case, and leaves the bio as it is', async () => {
    const ana = house.person();
    await change(ana, { bio: 'Tortillas.' });
    expect(await change(ana, { handle: 'Ana_Cooks' })).toMatchObject({
      profile: { handle: 'ana_cooks', bio: 'Tortillas.' },
      userErrors: [],
    });
    const { data } = await house.graph(null, '{ socialProfile(handle: "ANA_cooks") { id user { id } } }');
    expect(data.socialProfile).toEqual({ id: ana, user: { id: ana } });
    expect((await change(ana, { bio: null })).profile).toMatchObject({ handle: 'ana_cooks', bio: null });
  });

  it('is of one person only, in whatever case, however many want it at once', async () => {
    const people = Array.from({ length: 6 }, () => house.person());
    for (const userId of people) await change(userId, {});
    const answers = await Promise.all(
      people.map((userId, index) => change(userId, { handle: index % 2 === 0 ? 'the_chef' : 'The_Chef' })),
    );
    const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? 'HAS IT');
    expect(codes.sort()).toEqual([
      'HANDLE_TAKEN',
      'HANDLE_TAKEN',
      'HANDLE_TAKEN',
      'HANDLE_TAKEN',
      'HANDLE_TAKEN',
      'HAS IT',
    ]);
  });

  it('that cannot be one is refused with what to mend', async () => {
    expect((await change(house.person(), { handle: 'a-b' })).userErrors).toEqual([
      {
        code: 'INVALID_INPUT',
        message: 'A handle is 3 to 30 letters of a to z, digits and _.',
        path: ['input', 'handle'],
      },
    ]);
  });

  it('made for somebody is longer where somebody chose that one before', async () => {
    const [first, second] = [house.person(), newId()];
    const { createHash } = await import('node:crypto');
    const wished = `cook_${createHash('sha256').update(second).digest('hex').slice(0, 6)}`;
    await change(first, { handle: wished });
    await house.say('users', signedUp(second));
    await soon(async () => (await profileOf(second))?.handle).toMatch(new RegExp(`^${wished}..$`));
  });
});

describe('following', () => {
  it('counts on both sides, once, until it is taken back', async () => {
    const [ana, ben] = [house.person(), house.person()];
    for (const time of ['first', 'second']) {
      const { profile } = await house.mutate(ben, 'followUser', { userId: ana });
      expect(profile, time).toMatchObject({ id: ana, followerCount: 1, viewerFollows: true });
    }
    expect(await profileOf(ben)).toMatchObject({ followingCount: 1, following: { edges: [{ node: { id: ana } }] } });
    expect(await profileOf(ana)).toMatchObject({ followers: { totalCount: 1, edges: [{ node: { id: ben } }] } });
    for (const time of ['first', 'second']) {
      const { profile } = await house.mutate(ben, 'unfollowUser', { userId: ana });
      expect(profile, time).toMatchObject({ followerCount: 0, viewerFollows: false });
    }
    expect(await house.said('UserFollowed', { followeeId: ana })).toHaveLength(1);
  });

  it('is counted right when many do it at once', async () => {
    const ana = house.person();
    const fans = Array.from({ length: 10 }, () => house.person());
    await Promise.all([...fans, ...fans].map(fan => house.mutate(fan, 'followUser', { userId: ana })));
    expect(await profileOf(ana)).toMatchObject({ followerCount: 10, followers: { totalCount: 10 } });
  });

  it.each([
    ['oneself', (ana: string) => ana, 'CANNOT_FOLLOW_YOURSELF'],
    ['nobody', () => newId(), 'USER_NOT_FOUND'],
    ['what is no id', () => '{"$ne":null}', 'INVALID_INPUT'],
  ])('%s is refused', async (_, whom, code) => {
    const ana = house.person();
    const { userErrors } = await house.mutate(ana, 'followUser', { userId: whom(ana) });
    expect(userErrors).toMatchObject([{ code, path: ['userId'] }]);
  });

  it('ends at a number of people', async () => {
    const [ana, ben] = [house.person(), house.person()];
    await house.post(ana);
    const profiles = house.service('social').db.model(userProfileCollection);
    await profiles.updateOne({ _id: ana }, { $set: { followingCount: MAX_FOLLOWING } });
    expect((await house.mutate(ana, 'followUser', { userId: ben })).userErrors[0].code).toBe('TOO_MANY_FOLLOWED');
  });
});
